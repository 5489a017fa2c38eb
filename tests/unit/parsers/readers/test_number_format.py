"""Numbers and days look as the spreadsheet shows them in Vietnam."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.readers.number_format import BUILT_IN, compile_format
from parsers.vietnamese.fold import nfc_text

TENTH_OF_JUNE = 44357


def shown(code: str, value: float, epoch_1904: bool = False) -> str:
    return compile_format(code).number(value, epoch_1904)


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("General", 1, "1"),
        ("General", 92.5, "92,5"),
        ("General", 0.1 + 0.2, "0,3"),
        ("General", 1 / 3, "0,333333333"),
        ("General", 79089001234, "79089001234"),
        ("General", -0.00001, "-1E-05"),
        ("00", 1, "01"),
        ("0000000000", 909123456, "0909123456"),
        ("0000 000 000", 909123456, "0909 123 456"),
        ("(###) ###-####", 8391234567, "(839) 123-4567"),
        ("0%", 0.95, "95%"),
        ("0.00%", 0.12345, "12,35%"),
        ("#,##0", 1200000, "1.200.000"),
        ("#,##0", -1200, "-1.200"),
        ("#,##0.00", 1234.5, "1.234,50"),
        ("#,##0_);(#,##0)", -1200, "(1.200)"),
        ('#,##0"đ"', 1500000, "1.500.000đ"),
        ("#,##0 [$₫-42A]", 5000, "5.000 ₫"),
        ("0,", 12345, "12"),
        ("0.0##", 2.5, "2,5"),
        ("0.00E+00", 12345, "1,23E+04"),
        ("##0.0E+0", 12345, "12,3E+3"),
        ("# ?/?", 1.5, "1 1/2"),
        ("??/??", 0.25, "1/4"),
        ('"Phường "0', 9, "Phường 9"),
        ("[>100]0;0.0", 500, "500"),
        ("[>100]0;0.0", 50, "50,0"),
        ("0;-0;;@", 0, ""),
        ('0;-0;"-"', 0, "-"),
        ("[Red]0", 3, "3"),
        ("0", 2.5, "3"),
        ("0", 0.5, "1"),
        ("0.00", 1.005, "1,01"),
        ("@", 5, "5"),
        ('General" hộ"', 5, "5 hộ"),
        ("", 5, "5"),
        ("#", 0, ""),
    ],
)
def test_a_number_shows_by_its_format(code: str, value: float, expected: str) -> None:
    assert shown(code, value) == expected


#: What Excel shows with the separators of Vietnam, by ECMA-376 18.8.31, Microsoft's
#: "Number format codes", and what is published of its oddities.
ACCOUNTING = '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'
DONG = '_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* "-"\\ _₫_-;_-@_-'
EXCEL = [
    ("General", 123456789012, "1,23457E+11"),
    ("General", 99999999999, "99999999999"),
    ("General", 99999999999.9, "1E+11"),
    ("General", 1234567890.5, "1234567891"),
    ("General", 123456789.55, "123456789,6"),
    ("General", 0.00012345678, "0,000123457"),
    ("General", 0.000012345, "1,2345E-05"),
    ("General;-General", -5.5, "-5,5"),
    ("0.00", -0.001, "-0,00"),
    ("#,##0", -0.4, "-0"),
    ("0.00;(0.00)", -0.001, "(0,00)"),
    ("#,##0.##", 1200, "1.200,"),
    ("#.##", 0.5, ",5"),
    ("0.", 5, "5,"),
    ("0#", 5, "05"),
    ("#,##0,", 1234567, "1.235"),
    ('0.0,,"M"', 12345678, "12,3M"),
    ("0,.00", 1234, "1,23"),
    ("%0", 0.5, "%50"),
    ("0%", -0.5, "-50%"),
    ('0"%"', 5, "5%"),
    (ACCOUNTING, 0, "-"),
    (ACCOUNTING, 1234.5, "1.234,50"),
    (ACCOUNTING, -1234.5, "(1.234,50)"),
    (DONG, 1200000, "1.200.000"),
    (DONG, -1200000, "-1.200.000"),
    ('"$"#,##0_);("$"#,##0)', -5, "($5)"),
    ("[$$-409]#,##0.00", -5, "-$5,00"),
    ("#,##0.00\\ [$€-407]", 5, "5,00 €"),
    ("[Red]-0;[Blue]0", 5, "-5"),
    ("[Red][<0]0;[Blue][>=10]0;General", -5, "5"),
    ("[<=-25]General;[>=25]General;General", -7, "-7"),
    ("[<1]0.00;[<100]0.0;0", 150, "150"),
    ('[>=1000]#,##0,"K";0', 1500, "2K"),
    ("[<=9999999]###-####;(###) ###-####", 5551234, "555-1234"),
    ("[Color10]0", 1, "1"),
    ('"x"', -5, "-x"),
    (";;;", 5, ""),
    ("0;;", -5, ""),
    ("# ?/?", 1 / 3, "1/3"),
    ("# ?/?", 2, "2"),
    ("# ?/?", -1.5, "-1 1/2"),
    ("# ?/4", 1.75, "1 3/4"),
    ('0 ?/?" kg"', 0.5, "0 1/2 kg"),
    ("# ??/??", 3.14159, "3 14/99"),
    ("0.00E-00", 12000, "1,20E04"),
    ("0E+0", 9.99, "1E+1"),
    ("0.0E+0", -1234, "-1,2E+3"),
    ("0", 1e20, "100000000000000000000"),
    ("0.00", 2.675, "2,68"),
    ("00-00", 1234, "12-34"),
    ("[$-42A]h:mm AM/PM", 0.75, "6:00 CH"),
    ("[$-409]m/d/yy h:mm AM/PM;@", 44357.5, "10/6/21 12:00 PM"),
    ("d/m/yyyy", 60, "29/2/1900"),
    ("mm:ss.0", 0.96 / 86400, "00:01,0"),
    ("s.00", 0.00001, "0,86"),
    ("[mm]:ss", 1.5, "2160:00"),
    ("[ss]", 0.001, "86"),
    ("h:mm A/P", 0.75, "6:00 P"),
    ("mmmmm", 44357, "J"),
    (BUILT_IN[5], -5, "($5)"),
    (BUILT_IN[41], 1200, "1.200"),
    (BUILT_IN[44], 0, "$-"),
    (BUILT_IN[15], 44357, "10-Jun-21"),
    (BUILT_IN[17], 44357, "Jun-21"),
    (BUILT_IN[18], 0.75, "6:00 PM"),
    (BUILT_IN[20], 0.75, "18:00"),
    (BUILT_IN[22], 44357.75, "10/06/2021 18:00"),
    (BUILT_IN[45], 0.0012, "01:44"),
    (BUILT_IN[46], 1.5, "36:00:00"),
    (BUILT_IN[47], 0.0012, "01:43,7"),
    (BUILT_IN[57], 44357, "10/06/2021"),
]


@pytest.mark.parametrize(("code", "value", "expected"), EXCEL)
def test_a_number_shows_as_excel_shows_it(
    code: str, value: float, expected: str
) -> None:
    assert nfc_text(shown(code, value)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (BUILT_IN[14], "10/06/2021"),
        ("dd/mm/yyyy", "10/06/2021"),
        ("d/m", "10/6"),
        ("d-mmm", "10-Jun"),
        ("mmm-yy", "Jun-21"),
        ("m/d/yyyy", "10/6/2021"),
        ("mm/dd/yy", "10/06/21"),
        ("m/yyyy", "6/2021"),
        ("yyyy-mm-dd", "2021-06-10"),
        ("yyyy\\-mm\\-dd", "2021-06-10"),
        ("DD/MM/YYYY", "10/06/2021"),
        ("[$-1010000]d/m/yyyy;@", "10/6/2021"),
        ("[$-42A]dd mmmm yyyy", "10 tháng 6 2021"),
        ("[$-409]d-mmm;@", "10-Jun"),
        ('"Ngày "dd" tháng "mm" năm "yyyy', "Ngày 10 tháng 06 năm 2021"),
        ("dddd", "Thursday"),
        ("[$-42A]dddd", "Thứ Năm"),
        ("dd/mm/yyyy hh:mm", "10/06/2021 00:00"),
    ],
)
def test_a_day_shows_day_first(code: str, expected: str) -> None:
    assert shown(code, TENTH_OF_JUNE) == expected


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("h:mm", 0.75, "18:00"),
        ("h:mm AM/PM", 44357.6, "2:24 PM"),
        ("[h]:mm", 1.5, "36:00"),
        ("hh:mm:ss", 0.5, "12:00:00"),
        ("mm:ss", 0.0012, "01:44"),
    ],
)
def test_minutes_are_not_months(code: str, value: float, expected: str) -> None:
    assert shown(code, value) == expected


def test_a_workbook_may_count_days_from_1904() -> None:
    assert shown("dd/mm/yyyy", TENTH_OF_JUNE - 1462, True) == "10/06/2021"


def test_the_false_leap_day_of_1900_moves_the_days_before_it() -> None:
    assert shown("dd/mm/yyyy", 1) == "01/01/1900"
    assert shown("dd/mm/yyyy", 61) == "01/03/1900"


def test_what_is_no_day_shows_as_a_number() -> None:
    assert shown("dd/mm/yyyy", -1) == "-1"
    assert shown("dd/mm/yyyy", 1e9) == "1000000000"


def test_a_format_may_put_words_before_a_text() -> None:
    text = compile_format('0;-0;0;"Phường "@').text
    assert text is not None
    assert text("9") == "Phường 9"
    assert compile_format("@").text is None


@settings(max_examples=150, deadline=None)
@given(
    st.text('0#?.,%/Ee+-dmyhs[]"\\_*@;: GeneralRd$409<>=AP', max_size=40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)
@example("0." + "0" * 250, 1.7e308, False)
@example("%" * 200, 1e308, False)
@example("# ?/?????????", 1e308, False)
@example("0E" + "+" * 30, 5e-324, False)
def test_no_format_and_no_number_breaks_it(
    code: str, value: float, epoch: bool
) -> None:
    form = compile_format(code)
    assert isinstance(form.number(value, epoch), str)
    assert form.text is None or isinstance(form.text("chữ"), str)
