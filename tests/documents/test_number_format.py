"""What Excel displays for a stored number, format by format."""

from decimal import Decimal

import pytest

from gouji.documents.number_format import BUILT_IN_FORMATS, shown_number, shown_text

ACCOUNTING = BUILT_IN_FORMATS[43]


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("361.455", "0.00", "361.46"),
        ("1.005", "0.00", "1.01"),
        ("1.0049999999999999", "0.00", "1.01"),
        ("999.995", "#,##0.00", "1,000.00"),
        ("123456789.126", "#,##0.00", "123,456,789.13"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("-1234.5", "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        ("12", "0.00_ ", "12.00"),
        ("12", "0", "12"),
        ("2010601", "0", "2010601"),
        ("7", "000", "007"),
        ("0.5", "#.##", ".5"),
        ("-0.004", "0.00", "-0.00"),
        ("0", "0.00;-0.00;", ""),
        ("0", "0.00;-0.00;;@", ""),
        ("-3.1", "0.00;-0.00;", "-3.10"),
        ("5", ";;;", ""),
        ("0", ACCOUNTING, "-"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0.125", "0%", "13%"),
        ("0.99945", "0.00%", "99.95%"),
        ("1234567", "#,##0,", "1,235"),
        ("12345", "0!.0,", "1.2"),
        ("123456", "0!.0000", "12.3456"),
        ("6512.5", '#,##0.00"元"', "6,512.50元"),
        ("1.23", "[$¥-804]#,##0.00", "¥1.23"),
        ("150", "[>=100]0;0.00", "150"),
        ("1.5", "[>=100]0;0.00", "1.50"),
        ("12345.678", "0.00E+00", "1.23E+04"),
        ("45000", "yyyy/m/d", "2023/3/15"),
        ("45000.5", 'yyyy"年"m"月"d"日" h:mm', "2023年3月15日 12:00"),
        ("44562", 'yyyy"年"m"月";;@', "2022年1月"),
        ("60", "yyyy-mm-dd", "1900-02-29"),
        ("1.25", "[h]:mm", "30:00"),
    ],
)
def test_formats(stored: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(stored), code).strip() == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0", "0"),
        ("-0.0", "0"),
        ("0.30000000000000004", "0.3"),
        ("361.46", "361.46"),
        ("361.45999999999998", "361.46"),
        ("100", "100"),
        ("310115000000", "310115000000"),
        ("12345678.91", "12345678.91"),
        ("0.3333333333333333", "0.33333333333"),
        ("123456789012.345", "123456789012"),
        ("1E+30", "1E+30"),
    ],
)
def test_general(stored: str, shown: str) -> None:
    assert shown_number(Decimal(stored), "General") == shown_number(Decimal(stored), "@") == shown


def test_dates_from_1904() -> None:
    assert shown_number(Decimal(0), "yyyy/m/d", from_1904=True) == "1904/1/1"


def test_text_sections() -> None:
    assert shown_text("款", "0.00") == "款"
    assert shown_text("款", ACCOUNTING) == "款"
    assert shown_text("10", '0;0;0;@"元"') == "10元"
    assert shown_text("款", ";;;") == ""


@pytest.mark.parametrize(
    "code", ['"', "\\", "_", "*", "[", "[h", "0.0.0", ",", "E+", "0E+", "%%%", ";;;;;", "@@"]
)
@pytest.mark.parametrize("stored", ["0", "-1234.567", "1E-300", "1E+300"])
def test_broken_formats_still_show_something_or_nothing(code: str, stored: str) -> None:
    assert isinstance(shown_number(Decimal(stored), code), str)
