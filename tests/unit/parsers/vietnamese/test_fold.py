import time
import unicodedata

import pytest

from parsers.vietnamese.fold import fold, nfc_text, skeleton


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  Tên   công\ttrình ", "Tên công trình"),
        ("Ủy ban\r\nnhân dân\rPhường 9", "Ủy ban\nnhân dân\nPhường 9"),
        ("a\n\nb\n", "a\n\nb"),
        ("một \n hai", "một\nhai"),
        ("Phường\u00a09\u200b", "Phường 9"),
        ("Ph\u00adường", "Phường"),
        ("\ufeffSTT\x07", "STT"),
        ("dòng 1\x0bdòng 2", "dòng 1\ndòng 2"),
        ("", ""),
        (" \n\t ", ""),
        ("Ð và “ngoặc” – gạch", "Ð và “ngoặc” – gạch"),
    ],
)
def test_shown_text_is_trimmed_line_by_line(raw: str, shown: str) -> None:
    assert nfc_text(raw) == shown


def test_decomposed_letters_are_composed_whatever_the_order_of_marks() -> None:
    assert nfc_text(unicodedata.normalize("NFD", "Thực hiện ệ")) == "Thực hiện ệ"
    assert nfc_text("e\u0302\u0323") == nfc_text("e\u0323\u0302") == "ệ"


def test_shown_text_of_shown_text_is_itself() -> None:
    for raw in ("a \u00a0 b\r\n\r\n c", "x\u2028y", "  ", "e\u0323\u0302\u200d"):
        assert nfc_text(nfc_text(raw)) == nfc_text(raw)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HÒA BÌNH", "hoà bình"),
        ("Khỏe", "khoẻ"),
        ("Quận ủy", "QUẬN UỶ"),
        ("Thủy lợi", "thuỷ lợi"),
        ("kỹ năng", "kĩ năng"),
        ("tỷ lệ", "tỉ lệ"),
        ("Quý III", "Quí III"),
        ("Lý Tự Trọng", "lí tự trọng"),
        ("Ðảng ủy", "Đảng ủy"),
        ("Tên công trình/phần việc:", "tên CÔNG TRÌNH - phần việc"),
        ("Phường\u00a0９", "Phường 9"),
        ("“5 không”", '"5 không"'),
        ("STT.", "stt"),
        ("Ph\u00adường", "phường"),
        ("KY THUAT", "ki thuat"),
    ],
)
def test_two_spellings_of_one_text_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phường 1", "Phường 10"),
        ("bóng", "búng"),
        ("quỳnh", "quình"),
        ("mùa", "muà"),
        ("Mầm non 6", "Mầm non 6A"),
        ("vy", "vi"),
        ("dê", "đê"),
    ],
)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đảng ủy Phường Võ Thị Sáu", "dang uy phuong vo thi sau"),
        ("Số 41 -KH/QU", "so 41 kh qu"),
        ("Tên_công_trình", "ten cong trinh"),
    ],
)
def test_the_second_key_has_no_accents(text: str, bare: str) -> None:
    assert skeleton(text) == bare


def test_text_without_accents_meets_its_accented_self_in_the_second_key() -> None:
    for text in ("Kỹ thuật", "Quý III", "Thời gian thực hiện", "Khoẻ", "Uỷ ban"):
        plain = unicodedata.normalize("NFD", text.replace("Đ", "D"))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        assert skeleton(plain) == skeleton(text)


def test_a_hundred_thousand_cells_are_shown_in_a_fraction_of_a_second() -> None:
    cells = [f"Trao {n} suất học bổng cho học sinh nghèo" for n in range(100_000)]
    began = time.perf_counter()
    for cell in cells:
        nfc_text(cell)
    assert time.perf_counter() - began < 1.0
