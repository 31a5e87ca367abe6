"""What the tests of the writing room share."""

from __future__ import annotations

import pytest
from sample_book import composed, entries, many

from gouji.catalog import Catalog, load_catalog
from gouji.writing import Disclosure


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def disclosure() -> Disclosure:
    return composed(entries())


@pytest.fixture(scope="session")
def crowded(catalog: Catalog) -> Disclosure:
    return composed(many(catalog), "长表单位")
