from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.vietnamese.legacy.decide import Decided, decide, shown_alone
from parsers.vietnamese.legacy.stretches import Line
from tests.builders.old_letters import (
    CAPITAL_FONT,
    VIETNAMESE,
    WESTERN,
    encoded,
    office_lines,
    stored,
)

VNI, TIMES = "VNI-Times", "Times New Roman"


PROOF = ("Tên công trình", "Thời gian thực hiện", "Dự kiến kết quả")


def vni(text: str) -> str:
    return stored(text, "vni")


def tcvn3(text: str) -> str:
    return stored(text, "tcvn3")


@dataclass(frozen=True, slots=True)
class Read:
    decided: Decided
    lines: list[Line]

    def texts(self) -> list[str]:
        return [
            made.text if (made := self.decided.lines.get(line)) else joined(line)
            for line in self.lines
        ]

    def certainties(self) -> list[float]:
        found = [self.decided.lines.get(line) for line in self.lines]
        return [1.0 if made is None else made.certainty for made in found]


def joined(line: Line) -> str:
    return "".join(text for text, _ in line)


def read(*lines: str | Line, font: str | None = None) -> Read:
    runs = [((line, font),) if isinstance(line, str) else line for line in lines]
    return Read(decide(runs), runs)


def test_a_line_that_is_sound_in_two_encodings_follows_its_block() -> None:
    # Alone "hoà sô" is as good Vietnamese as "hồ sơ".
    found = read(*map(vni, (*PROOF, "hồ sơ")))
    assert found.texts() == [*PROOF, "hồ sơ"]
    assert found.certainties() == [1.0] * 4
    assert found.decided.encoding == "vni"


def test_alone_such_a_line_stays_and_is_less_than_certain() -> None:
    found = read(vni("hồ sơ"))
    assert found.texts() == ["hoà sô"]
    assert found.certainties()[0] < 1.0
    assert read(tcvn3("Ghi chú")).certainties()[0] < 1.0


def test_beside_unicode_such_a_line_is_certain() -> None:
    assert read("hoà sô", "Đường Võ Thị Sáu").certainties() == [1.0, 1.0]


@pytest.mark.parametrize(
    "text",
    [
        "cê",
        "cê cê",
        "ba cê, Cê 2",
        "ôA",
        "Vâ\u0fbe",
        "Thaï",
        "Taï tham",
        "Tæ le",
        "_Më:",
        "An-giê-ri",
        "Ni-giê-ri-a",
        "type [-afptP] TÊN [TÊN …]",
        "Cách dùng: %s NETRC [TÊN MÁY]",
        "-j VÄLI    sama, kui '-1 VÄLI -2 VÄLI'",
        "või: %s [VÕTI]... [-u KASUTAJA] [-t TÜÜP] FAIL...",
        "“%2$s” taldeko “%1$s” gakoaren balioa “%3$s” da, “%4$s” izan ordez.",
        "-s, --signal=SEÑAL, -SEÑAL",
        "S_täng",
        "50 µm",
        "Ä¯[É",
    ],
)
def test_a_word_that_may_be_sound_stays_where_it_is_the_only_one(text: str) -> None:
    assert read(text).texts() == [text]
    assert read(text, "góc", "Đường").texts() == [text, "góc", "Đường"]
    assert read(*(f"{text} {i}" for i in range(9))).decided.converted is False


def test_such_a_word_is_decoded_where_its_font_or_others_speak_for_it() -> None:
    stored_word = tcvn3("Tổ 5")
    assert read(stored_word).texts() == [stored_word]
    assert read(stored_word, font=".VnTime").texts() == ["Tổ 5"]
    assert read(stored_word, *map(tcvn3, PROOF)).texts()[0] == "Tổ 5"


def test_beside_lines_that_passed_through_another_set_sound_ones_stay() -> None:
    codes = [encoded(t, "vni", folded=True) for t in (*PROOF, "Đường Võ Thị Sáu")]
    garbled = [c.decode("cp1258", "ignore") for c in codes]
    found = read(*garbled, "ĐTCV [&]")
    assert found.decided.converted
    assert found.texts()[-1] == "ĐTCV [&]"


ANY = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters=WESTERN)
    | st.sampled_from([*VIETNAMESE, "?"]),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=12))
def test_any_text_in_letters_of_vietnamese_comes_back(lines: list[str]) -> None:
    assert read(*lines).texts() == lines


def test_what_reads_as_no_vietnamese_stays_in_an_old_block_and_is_doubted() -> None:
    block = [vni(t) for t in ("Tên công trình", "Thời gian", "Sửa nhà")]
    found = read(*block, "Acuña")
    assert found.texts()[-1] == "Acuña"
    assert found.certainties()[-1] < 1.0


def test_each_run_is_decided_by_its_own_letters() -> None:
    line: Line = (
        (vni("Thực hiện "), VNI),
        ("Đường Võ Thị Sáu, ", TIMES),
        (tcvn3("hiến đất"), ".VnTime"),
    )
    found = read(line)
    assert found.texts() == ["Thực hiện Đường Võ Thị Sáu, hiến đất"]
    assert found.decided.encoding == "mixed"


def test_runs_that_part_a_letter_are_one_word() -> None:
    text = vni("Thời gian thực hiện")
    line: Line = tuple((c, VNI) for c in text)
    assert read(line).texts() == ["Thời gian thực hiện"]


def test_a_font_alone_proves_nothing() -> None:
    sound = ("Đảng ủy Phường 9", "hoàn thành", "bóng bàn", "Toà án")
    assert read(*sound, font=".VnTime").texts() == list(sound)
    assert read(*sound, font=VNI).texts() == list(sound)


def test_a_font_of_capitals_draws_capitals() -> None:
    lines = [((tcvn3("danh sách nhân viên"), ".VnArialH Bold"),)]
    lines += [((" thu chi", ".VnArialH Bold"),), ((tcvn3("Ghi chú"), ".VnArial"),)]
    assert read(*lines).texts() == ["DANH SÁCH NHÂN VIÊN", " THU CHI", "Ghi chú"]


def test_a_font_of_capitals_leaves_sound_text_alone() -> None:
    assert read("order", "Đơn hàng", font=CAPITAL_FONT).texts() == ["order", "Đơn hàng"]


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN HUYỆN",
        "TỔ DÂN PHỐ 5",
        "Uỷ ban nhân dân huyện",
        "Tổ 5 UBND huyện",
        "PHƯỜNG VÕ THỊ SÁU",
        "Võ Thị Sáu",
        "Độc lập - Tự do - Hạnh phúc",
    ],
)
def test_words_in_capitals_get_back_the_capitals_that_tcvn3_lacks(text: str) -> None:
    assert read(tcvn3(text), tcvn3("Tên công trình, mô hình")).texts()[0] == text


def test_controls_stand_for_the_signs_that_western_text_has_there() -> None:
    # An .xls keeps bytes as they are.
    text = "Mô hình “Dân vận khéo” – Phường 9"
    kept = stored(text, "vni").encode("cp1252").decode("latin-1")
    assert read(kept).texts() == [text]


@pytest.mark.parametrize("encoding", ["viscii", "vps"])
def test_viscii_and_vps_are_found_among_controls_too(encoding: str) -> None:
    text = "Hỗ trợ học bổng cho học sinh nghèo hiếu học"
    western = stored(text, encoding)
    kept = "".join(
        c if ord(c) < 256 else c.encode("cp1252").decode("latin-1") for c in western
    )
    for line in (western, kept):
        assert read(line).texts() == [text]
        assert read(line).decided.encoding == encoding


def test_letters_at_the_codes_of_a_symbol_font_are_letters() -> None:
    text = "Đảng bộ phường"
    moved = "".join(chr(0xF000 + ord(c)) if c > " " else c for c in tcvn3(text))
    assert read(moved, font=".VnTime").texts() == [text]
    assert read("\uf0b7 \uf0fc", font="Wingdings").texts() == ["\uf0b7 \uf0fc"]


@pytest.mark.parametrize("text", ["Phiếu thu tiền học phí", "Danh sách nhân viên"])
def test_a_passage_through_a_macintosh_is_undone_where_it_proves_itself(
    text: str,
) -> None:
    garbled = stored(text, "tcvn3").encode("cp1252").decode("mac_roman")
    assert read(garbled).texts() == [text]
    assert read(garbled).decided.converted


@pytest.mark.parametrize("encoding", ["vni", "tcvn3"])
def test_a_passage_through_the_vietnamese_set_of_windows_is_undone(
    encoding: str,
) -> None:
    lines = [t for t in office_lines() if len(t) > 25]
    codes = [encoded(t, encoding, folded=True) for t in lines]
    garbled = [
        "".join(bytes([c]).decode("cp1258", "ignore") or chr(c) for c in line)
        for line in codes
    ]
    found = read(*garbled)
    wrong = [
        pair
        for pair in zip(found.texts(), lines, found.certainties(), strict=True)
        if pair[0].casefold() != pair[1].casefold()
    ]
    assert [pair for pair in wrong if pair[2] == 1.0] == []
    assert len(wrong) * 20 < len(lines), wrong


def test_tcvn3_without_its_soft_hyphens_has_lost_letters() -> None:
    lines = [t for t in office_lines() if "ươ" in t or "ườ" in t]
    found = read(*(tcvn3(t).replace("\xad", "") for t in lines))
    assert found.decided.lost
    assert found.decided.lost_everywhere
    assert not read(*map(tcvn3, lines)).decided.lost


def test_a_word_that_no_encoding_explains_makes_its_line_less_than_certain() -> None:
    line = vni("Vận động nhân dân thực hiện") + " x∏y"
    found = read(line)
    assert found.texts()[0].startswith("Vận động nhân dân")
    assert found.certainties()[0] < 1.0


def test_a_single_word_alone_is_a_guess() -> None:
    found = read(vni("Phường 9"))
    assert found.texts() == ["Phường 9"]
    assert found.certainties()[0] < 1.0


@pytest.mark.parametrize(
    ("stored_name", "name"),
    [
        (vni("Biểu mẫu đăng ký.xlsx"), "Biểu mẫu đăng ký.xlsx"),
        ("Toà án.docx", "Toà án.docx"),
        ("Bang dang ky.doc", "Bang dang ky.doc"),
        ("Đăng ký_Phường 9.doc", "Đăng ký_Phường 9.doc"),
    ],
)
def test_a_name_is_decoded_on_its_own(stored_name: str, name: str) -> None:
    assert shown_alone(stored_name) == name


def test_a_document_without_letters_has_no_encoding() -> None:
    assert decide([]).encoding is None


def test_text_by_the_megabyte_is_decided_in_linear_time() -> None:
    lines = [vni("Vận động nhân dân thực hiện ") * 40 + str(i) for i in range(300)]
    found = read(*lines, vni("hồ sơ ") * 20_000)
    assert found.decided.encoding == "vni"
