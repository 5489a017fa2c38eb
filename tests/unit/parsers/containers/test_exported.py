"""DXL of HCL Notes gives its mails; what is no MIME is told."""

from base64 import encodebytes

import pytest

from parsers.notes import mails_in
from tests.builders.containers import digest, holds, listed, opened, told
from tests.builders.message import a_message, a_multipart, a_part

TEXT = b"Kinh gui Ban Dan van Quan uy\r\n" * 4
MAIL = a_message(
    a_multipart(a_part(), a_part(TEXT, 'text/plain; name="a&b.txt"')),
    subject="Đăng ký <công trình>",
)
HEAD = "<?xml version='1.0' encoding='{}'?>\n<!DOCTYPE document SYSTEM 'domino.dtd'>\n"


def a_dxl(*inside: str, encoding: str = "utf-8") -> bytes:
    documents = "".join(f"<document form='Memo'>{one}</document>" for one in inside)
    text = f"{HEAD.format(encoding)}<database xmlns='http://www.lotus.com/dxl'>"
    return f"{text}{documents}</database>".encode(encoding)


def in_section(mail: bytes = MAIL) -> str:
    cut = mail.decode().replace("]]>", "]]]]><![CDATA[>")
    return f"<item name='x'><text>y</text></item><mime><![CDATA[{cut}]]></mime>"


def escaped(mail: bytes = MAIL) -> str:
    text = mail.decode().replace("&", "&amp;").replace("<", "&lt;")
    return f"<mime>\n{text}</mime>"


RAW = "<item name='Body'><rawitemdata type='19'>AAAA</rawitemdata></item>"


def a_file(name: str, compression: str = "none") -> str:
    data = encodebytes(TEXT).decode()
    return (
        f"<item name='$FILE'><object><file hosttype='msdos' compression='{compression}'"
        f" flags='storedindoc' name='{name}'><created><datetime>x</datetime></created>"
        f"<filedata>\n{data}</filedata></file></object></item>"
    )


@pytest.mark.parametrize("write", [in_section, escaped])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_mail_comes_out_of_its_element(write, encoding: str) -> None:  # type: ignore[no-untyped-def]
    [mail] = mails_in(a_dxl(write(), encoding=encoding))
    assert mail.replace(b"\r\n", b"\n") == MAIL.replace(b"\r\n", b"\n")


def test_a_section_may_be_cut_in_two() -> None:
    mail = a_message(a_part(b"x ]]> y"))
    assert list(mails_in(a_dxl(in_section(mail)))) == [mail]


def test_every_document_is_a_mail() -> None:
    found = opened(a_dxl(in_section(), RAW, escaped()), "x.dxl")
    assert listed(found) == [
        "thu-1.eml: other",
        "thu-1.eml|a&b.txt: other",
        "thu-2.eml: other",
        "thu-2.eml|a&b.txt: other",
    ]


def test_raw_items_are_told_and_attached_files_come_out() -> None:
    payload = a_dxl(RAW + a_file("bảng &amp; biểu.txt") + a_file("b.doc", "huffman"))
    found = opened(payload, "x.dxl")
    assert holds(found, "bảng & biểu.txt") == [digest(TEXT)]
    assert told(found) == [
        ("type_unsupported", "x.dxl"),
        ("type_unsupported", "x.dxl › b.doc"),
    ]


def test_nothing_but_raw_items_is_unsupported() -> None:
    found = opened(a_dxl(RAW), "x.dxl")
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [("type_unsupported", "x.dxl")]
