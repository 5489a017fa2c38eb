import unicodedata

import pytest

from parsers.vietnamese.legacy.damage import (
    lacks_late_letters,
    late_letters,
    lost_letters,
    without_eth,
    without_mojibake,
)
from parsers.vietnamese.legacy.decide import decide
from tests.builders.old_letters import as_stored, office_lines, sound_lines


def garbled(text: str) -> str:
    """Return the UTF-8 bytes of `text` read as Windows' Western set."""
    return as_stored(text.encode())


def as_cp1258(text: str) -> bytes:
    """Return `text` as Windows' Vietnamese set has it: tones behind their vowels."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            tones = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            rest = "".join(m for m in marks if m not in tones)
            whole = unicodedata.normalize("NFC", base + rest)
            out += (whole + "".join(tones)).encode("cp1258")
    return out


@pytest.mark.parametrize("rounds", [1, 2])
def test_utf8_read_as_western_text_is_undone(rounds: int) -> None:
    for line in office_lines():
        text = line
        for _ in range(rounds):
            text = garbled(text)
        assert without_mojibake(text) == line


def test_utf8_read_as_vietnamese_text_of_windows_is_undone() -> None:
    for line in office_lines():
        codes = line.encode()
        text = "".join(bytes([c]).decode("cp1258", "ignore") or chr(c) for c in codes)
        assert without_mojibake(text) == line


def test_sound_text_is_no_mojibake() -> None:
    for line in (*sound_lines(), *office_lines()):
        assert without_mojibake(line) == line


def test_vietnamese_of_windows_read_as_western_text_is_undone() -> None:
    lines = [((as_stored(as_cp1258(t)), None),) for t in office_lines()]
    decided = decide(lines)
    shown = [made.text if (made := decided.lines.get(k)) else k[0][0] for k in lines]
    assert shown == list(office_lines())
    assert (decided.encoding, decided.converted) == ("unicode", True)


def test_eth_is_the_letter_for_which_it_stands() -> None:
    assert without_eth("Ðịa chỉ, ÐTN, ðường") == "Địa chỉ, ĐTN, đường"
    assert without_eth("Guðrún Þórðardóttir") == "Guðrún Þórðardóttir"


@pytest.mark.parametrize(
    "text", ["Tr??ng THCS", "Qu?n 3", "Ph\ufffd\ufffdng 9", "H?ng Hà", "Ti?n ??"]
)
def test_letters_that_a_program_could_not_keep_are_lost(text: str) -> None:
    assert lost_letters(text)


@pytest.mark.parametrize(
    "text",
    [
        "Có gì không?",
        "Anh khỏe không?Tôi khỏe",
        "http://a.vn/trang?id=3",
        "a?b=c",
        "??",
        "What?ever",
        "Gửi ai ? Gửi đâu ?",
    ],
)
def test_questions_are_no_loss(text: str) -> None:
    assert not lost_letters(text)


def test_a_document_without_the_late_letters_has_lost_them() -> None:
    lost = ["".join(c for c in t if not "Ạ" <= c <= "ỹ") for t in office_lines()]
    assert not late_letters(lost)
    assert lacks_late_letters(lost)
    decided = decide([((t, None),) for t in lost if t])
    assert decided.lost
    assert decided.lost_everywhere


def test_few_words_prove_no_loss() -> None:
    assert not lacks_late_letters(["Công trình", "Danh sách", "STT"])
    early = [t for t in sound_lines() if not late_letters([t])]
    assert not lacks_late_letters(early[:40])
