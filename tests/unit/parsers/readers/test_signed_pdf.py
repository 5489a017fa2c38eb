"""PDFs with digital signatures: what counts as a person's, over the whole file."""

import pytest

from parsers.readers.by_type import READERS
from parsers.reading import Reader
from parsers.values.limits import Limits
from parsers.values.reading import Reading
from parsers.values.table import Document
from tests.builders.message import a_message, a_multipart, a_part
from tests.builders.pdf import a_pdf, ruled, texts
from tests.builders.signed_pdf import Signing, signed_pdf
from tests.builders.tables import some_rules, the_plan

TABLE = a_pdf(
    ruled(
        (
            ("STT", "Tên công trình", "Hình thức", "Thời gian", "Kết quả dự kiến"),
            ("1", "Hẻm văn minh", "Vận động", "Tháng 6/2021", "01 tuyến hẻm"),
            ("2", "Đường sạch đẹp", "Ra quân", "Tháng 7/2021", "02 tuyến đường"),
        ),
        widths=(40, 110, 80, 90, 110),
    )
)
RULES = some_rules(the_plan())
LETTER = a_pdf(texts((60, 700, "Kính gửi Ban Dân vận bảng đăng ký.")))


def is_signed(payload: bytes) -> bool:
    document = READERS["pdf"](payload, ("a.pdf",), Limits())
    assert isinstance(document, Document)
    return document.signed


def reading_of(payload: bytes) -> Reading:
    found = Reader(RULES).read_file("a.pdf", payload)
    assert isinstance(found, Reading)
    return found


def test_a_signature_over_the_whole_file_is_seen() -> None:
    assert is_signed(signed_pdf(TABLE))
    assert not is_signed(TABLE)


def test_a_place_that_waits_for_its_signature_is_none() -> None:
    assert not is_signed(signed_pdf(TABLE, Signing(empty=True)))


def test_what_was_appended_after_the_signature_is_not_signed() -> None:
    signed = signed_pdf(TABLE)
    assert not is_signed(signed + b"\n1 0 obj\n<</Changed true>>\nendobj\n%%EOF\n")
    assert is_signed(signed + b"\r\n")


def test_a_second_signature_covers_the_first_ones_file() -> None:
    twice = signed_pdf(signed_pdf(TABLE), Signing())
    assert is_signed(twice)


def test_a_time_stamp_alone_is_no_persons_signature() -> None:
    assert not is_signed(signed_pdf(TABLE, Signing(filter="ETSI.RFC3161")))


def test_a_signed_table_is_confirmed_by_it() -> None:
    assert reading_of(signed_pdf(TABLE)).confirmation == "signed"
    assert reading_of(TABLE).confirmation == "absent"


def test_a_signed_letter_alone_confirms_no_table() -> None:
    assert reading_of(signed_pdf(LETTER)).confirmation is None


@pytest.mark.parametrize("signed", [True, False])
def test_a_signed_copy_beside_the_table_confirms_it(signed: bool) -> None:
    copy = signed_pdf(TABLE) if signed else TABLE
    parts = [
        a_part(payload, f'application/pdf; name="{name}"', encoding="base64")
        for name, payload in (("bang.pdf", TABLE), ("bang-ky.pdf", copy))
    ]
    found = Reader(RULES).read_message(a_message(a_multipart(*parts)))
    assert isinstance(found, Reading)
    assert found.confirmation == ("signed" if signed else "absent")
