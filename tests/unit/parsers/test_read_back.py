"""What we read back in an answer is no delivery, however it comes back."""

import email
import email.policy

import pytest

from config.headings_file import load_headings
from config.settings import SHIPPED_HEADINGS, shipped_settings
from parsers.reading import Reader
from parsers.values.limits import Limits
from parsers.values.reading import Reading, Rules
from tests.builders.answer import composed
from tests.builders.message import a_message, a_multipart, a_part

RULES = Rules(
    (), shipped_settings().campaigns, load_headings(SHIPPED_HEADINGS), Limits()
)


def read(raw: bytes) -> Reading:
    found = Reader(RULES).read_message(raw)
    assert isinstance(found, Reading)
    return found


def body_of(kind: str) -> bytes:
    mail = email.message_from_bytes(composed().raw, policy=email.policy.default)
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).encode()


@pytest.mark.parametrize(
    ("kind", "type_"), [("plain", "text/plain"), ("html", "text/html")]
)
def test_an_answer_sent_back_as_ones_own_registers_nothing(
    kind: str, type_: str
) -> None:
    said = body_of(kind)
    assert b"xem l" in said or "đã ghi nhận".encode() in said
    mail = a_message(a_part(said, f"{type_}; charset=utf-8"), subject="Đăng ký")
    assert read(mail).registrations == ()


def test_an_answer_attached_as_a_page_registers_nothing() -> None:
    page = a_part(body_of("html"), "text/html; name=a.html; charset=utf-8")
    text = a_part(b"Kinh chuyen.")
    assert read(a_message(a_multipart(text, page))).registrations == ()


def test_a_table_below_an_answer_that_came_back_counts() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>Công trình số {n}</td><td>Vận động</td></tr>"
        for n in (1, 2)
    )
    head = "<tr><td>STT</td><td>Tên công trình</td><td>Hình thức thực hiện</td></tr>"
    new = f"<p>Đăng ký công trình:</p><table>{head}{rows}</table>".encode()
    whole = body_of("html").replace(b"</body>", new + b"</body>")
    mail = a_message(a_part(whole, "text/html; charset=utf-8"))
    assert len(read(mail).registrations) == 2
