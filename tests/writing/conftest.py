"""What the tests of the writing room share."""

from __future__ import annotations

import pytest
from sample_book import composed, entries, many

from gouji.catalog import Catalog, load_catalog
from gouji.writing import Disclosure, FontsMissing
from gouji.writing.fonts import fonts


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def disclosure() -> Disclosure:
    return composed(entries())


@pytest.fixture(scope="session")
def crowded(catalog: Catalog) -> Disclosure:
    return composed(many(catalog), "长表单位")


@pytest.fixture(scope="session")
def faces() -> None:
    """What draws letters needs the typefaces."""
    try:
        fonts()
    except FontsMissing as missing:
        pytest.skip(f"PDF 测试未运行：{missing}")
