"""Files that Word saves as one text are read under whatever name they come."""

import base64
import io
import zipfile

import pytest

from parsers.errors import DamagedFileError, EncryptedFileError
from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Needs
from tests.builders.package import a_document, w_p, w_tbl, w_tr
from tests.builders.reading import outline, read_as
from tests.unit.parsers.test_filetype import a_compound

PAGE = "<html><body><table><tr><td>Tên công trình</td><td>b</td></tr></table></body>"
HEAD = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_N"\r\n'


def a_web_archive(head: str = HEAD, content: bytes = PAGE.encode()) -> bytes:
    page = base64.encodebytes(content).decode()
    return (
        f"{head}\r\nThis document is a Single File Web Page.\r\n\r\n--=_N\r\n"
        f"Content-Location: file:///C:/x.htm\r\nContent-Type: text/html; "
        f'charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n'
        "--=_N--\r\n"
    ).encode()


def a_flat_package(docx: bytes) -> bytes:
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            inside = text.partition("?>")[2] if text.startswith("<?xml") else text
            parts.append(
                f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{inside}</pkg:xmlData>'
                "</pkg:part>"
            )
    parts.append(
        '<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>AAAA</pkg:binaryData>'
        "</pkg:part>"
    )
    return (
        '<?xml version="1.0" standalone="yes"?>\r\n'
        '<?mso-application progid="Word.Document"?>\r\n<pkg:package xmlns:pkg='
        f'"http://schemas.microsoft.com/office/2006/xmlPackage">{"".join(parts)}'
        "</pkg:package>"
    ).encode()


def test_a_web_archive_is_its_page() -> None:
    payload = a_web_archive()
    assert found_type(payload, "bang.doc") == "mht"
    assert outline(read_as("mht", payload)) == [[["Tên công trình", "b"]]]


def test_an_archive_that_a_browser_saved_is_no_mail_and_a_mail_is_none() -> None:
    browser = f"From: <Saved by Blink>\r\nSubject: x\r\nDate: today\r\n{HEAD}"
    assert found_type(a_web_archive(browser), "x.mht") == "mht"
    mail = f"From: a@example.org\r\nSubject: x\r\nTo: b@example.org\r\n{HEAD}"
    assert found_type(a_web_archive(mail), None) == "eml"


def test_an_archive_without_a_page_is_damaged() -> None:
    with pytest.raises(DamagedFileError):
        READERS["mht"](
            a_web_archive(content=b"\x89PNG\r\n\x1a\n"), ("a.mht",), Limits()
        )


def test_a_package_without_a_zip_is_read_like_one() -> None:
    docx = a_document(w_p("trước") + w_tbl(w_tr("a", "b")))
    payload = a_flat_package(docx)
    assert found_type(payload, "bang.doc") == "opc"
    assert outline(read_as("opc", payload)) == outline(read_as("docx", docx))


def test_the_xml_of_word_2003_and_old_word_files_need_a_conversion() -> None:
    xml = (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/'
        b'wordml"><w:body/></w:wordDocument>'
    )
    assert found_type(xml, "bang.doc") == "wordml"
    assert READERS["wordml"](xml, (), Limits()) == Needs("docx", xml, "wordml")
    old = a_compound({"WordDocument": b"\xec\xa5"})
    assert READERS["doc"](old, (), Limits()) == Needs("docx", old, "doc")


def test_an_old_word_file_that_is_cut_or_locked_is_not_converted() -> None:
    old = a_compound({"WordDocument": b"\xec\xa5", "1Table": b""})
    with pytest.raises(DamagedFileError):
        READERS["doc"](old[:-4096], (), Limits())
    locked = a_compound({"WordDocument": b"\xec\xa5" + bytes(9) + b"\x01"})
    with pytest.raises(EncryptedFileError):
        READERS["doc"](locked, (), Limits())
