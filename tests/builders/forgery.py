"""The mails of the forgery table: a trace, a From line and a body, letter by letter.

Header text stands in the table as it is sent; `¶` parts two fields, `\\n` folds one.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from functools import cache

from daemon.demo.samples import attached, forwarded
from tests.builders.letters import OFFICE, ZONE, Posted, a_file, a_letter

#: The ward whose version everybody is after, and when it was delivered.
VICTIM = Posted("P09", subject="Phường 9 đăng ký", files=["xlsx P09 10"])
FORGED_AT = datetime(2021, 6, 7, 14, tzinfo=ZONE)
_REPLACES = "Gửi lại bảng đăng ký, thay thế bản trước."


@cache
def the_victim() -> bytes:
    """Return the ward's own mail, the same bytes each time."""
    return a_letter(VICTIM)


def a_forgery(case: Mapping[str, str], number: int) -> bytes:
    """Return the mail of one line of the table, as our provider handed it over."""
    if case["shape"] == "replay":
        return b"Received: from elsewhere by mx.google.com; x\r\n" + the_victim()
    received = FORGED_AT + timedelta(minutes=number)
    stamp = format_datetime(received)
    dated = received.replace(year=2031) if "date" in case["shape"] else received
    lines = [*_fields("", case["top"]), f"Delivered-To: {OFFICE}"]
    lines.append(f"Received: by mx.google.com with SMTPS; {stamp}")
    lines += _fields("Authentication-Results: ", case["results"])
    lines.append(f"Received: from mail.evil.example by mx.google.com; {stamp}")
    lines += _fields("", case["below"])
    lines += _fields("From: ", case["from"])
    lines += [
        f"To: {OFFICE}",
        f"Subject: Gui bang dang ky {number}",
        f"Date: {format_datetime(dated)}",
        f"Message-ID: <forged.{number}@evil.example>",
        *_fields("", case["more"]),
    ]
    header = "".join(f"{line}\r\n" for line in lines).encode("utf-8")
    return header + _body(case["shape"]).as_bytes().replace(b"\n", b"\r\n")


def _fields(name: str, text: str) -> list[str]:
    unfolded = text.replace("\\n", "\r\n")
    return [f"{name}{field}" for field in unfolded.split("¶") if field]


def _body(shape: str) -> MIMEBase:
    kind, _, unit = shape.partition(" ")
    unit = unit.removesuffix(" date")
    text, files = _said(kind, unit)
    body = MIMEText(text, "plain", "utf-8")
    return MIMEMultipart("mixed", _subparts=[body, *files]) if files else body


def _renamed(part: MIMEBase) -> MIMEBase:
    """Return the attachment under a name that says nothing of its unit."""
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return attached("bang.xlsx", payload)


def _said(kind: str, unit: str) -> tuple[str, list[MIMEBase]]:
    """Return the text and the attachments of a shape."""
    ward = f"Phường {unit[1:].lstrip('0')}"
    table = [a_file(f"xlsx {unit} 3 5")] if unit else []
    nameless = [_renamed(part) for part in table]
    inner = Posted(unit or "P09", text=_REPLACES, files=[f"xlsx {unit} 3 5"])
    shapes: dict[str, tuple[str, list[MIMEBase]]] = {
        "table": (_REPLACES, table),
        "table-only": ("Gửi Ban Dân vận.", nameless),
        "full": (f"{ward} gửi Ban Dân vận bảng đăng ký.", table),
        "contradiction": ("Phường 13 gửi Ban Dân vận bảng đăng ký.", nameless),
        "nil": ("Đơn vị không có công trình đăng ký.", []),
        "remove": ("2: bỏ", []),
        "code": ("HT-2345-6789-ABCD-EFGH", []),
        "pasted": (
            "---------- Forwarded message ---------\n"
            f"From: {ward} <{unit.lower()}@quan3.example>\n"
            f"Subject: Gửi bảng đăng ký\n\n{_REPLACES}",
            table,
        ),
    }
    if kind == "same":
        return "Gửi Ban Dân vận bảng đăng ký.", [a_file(f"xlsx {unit} 10")]
    if kind.startswith("inner"):
        proven = kind.endswith("proven")
        letter = Posted(inner.unit, text=_REPLACES, files=inner.files, proven=proven)
        return "Chuyển tiếp.", [forwarded(a_letter(letter))]
    return shapes[kind]
