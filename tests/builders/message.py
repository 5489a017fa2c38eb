"""Raw mails, written by hand so that nothing is mended on the way to the reader."""

from base64 import encodebytes

from parsers.message import ParsedMessage, parse
from parsers.values.limits import Limits
from parsers.values.reading import Headings, Rules

RULES = Rules(
    units=(),
    campaigns=(),
    headings=Headings({}),
    limits=Limits(),
    own=("bandanvanq3@gmail.com",),
    own_domain="hopthu.example",
)


def a_part(
    payload: bytes = b"Kinh gui Ban Dan van",
    content_type: str = "text/plain; charset=utf-8",
    *fields: str,
    encoding: str = "",
) -> bytes:
    """Return one entity; a payload of encoding base64 is encoded here."""
    header = [f"Content-Type: {content_type}", *fields]
    if encoding:
        header.append(f"Content-Transfer-Encoding: {encoding}")
    if encoding == "base64":
        payload = encodebytes(payload).replace(b"\n", b"\r\n")
    return "\r\n".join(header).encode() + b"\r\n\r\n" + payload


def a_multipart(*parts: bytes, kind: str = "mixed", boundary: str = "=_q3") -> bytes:
    """Return a multipart entity of these parts."""
    mark = b"--" + boundary.encode()
    header = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return header + b"".join(mark + b"\r\n" + p + b"\r\n" for p in parts) + mark + b"--"


def a_message(
    entity: bytes | None = None,
    *fields: str,
    sender: str | None = "Phường 9 <p9@example.vn>",
    subject: str | None = "Dang ky",
    date: str | None = "Tue, 8 Jun 2021 15:00:00 +0700",
    message_id: str | None = "<1@example.vn>",
) -> bytes:
    """Return a whole mail with CRLF; a field set to None is left out."""
    named = {
        "From": sender,
        "Subject": subject,
        "Date": date,
        "Message-ID": message_id,
    }
    lines = [*fields, *(f"{k}: {v}" for k, v in named.items() if v is not None)]
    header = "".join(line + "\r\n" for line in lines).encode()
    return header + (a_part() if entity is None else entity)


def read(raw: bytes, **limits: int) -> ParsedMessage:
    """Return the mail as parsed under the usual rules, with other limits if given."""
    if not limits:
        return parse(raw, RULES)
    rules = Rules((), (), Headings({}), Limits(**limits))
    return parse(raw, rules)


def codes(parsed: ParsedMessage) -> list[str]:
    """Return the codes of the findings, in order."""
    return [found.code for found in parsed.findings]
