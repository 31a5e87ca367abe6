"""What the tests of the registers room share."""

from __future__ import annotations

import pytest
from workspace_files import Sheets, good_sheets

from gouji.catalog import Catalog, load_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def sheets() -> Sheets:
    return good_sheets()
