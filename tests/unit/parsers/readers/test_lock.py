"""Excel's own password opens what Excel opens without asking; no other does."""

import io
import struct

import pytest
import xlwt

from parsers.errors import EncryptedFileError
from parsers.readers.lock import unlocked_package
from tests.builders.locks import Lock, locked_package, locked_xls
from tests.builders.package import a_workbook, rows_xml
from tests.builders.reading import all_texts, read_as
from tests.builders.records import a_compound_file, a_stream, cell

OWN = "VelvetSweatshop"


def of_1997() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for row in range(40):
        sheet.write(row, 0, f"hàng {row} với chữ ữ")
        sheet.write(row, 1, row * 1.5)
    book.save(out)
    return out.getvalue()


def of_1995() -> bytes:
    texts = [
        cell(0x204, row, 0, struct.pack("<H", 7), b"hang%03d" % row)
        for row in range(300)
    ]
    return a_compound_file("Book", a_stream(0x500, (), {"Bang": texts}))


@pytest.mark.parametrize("lock", ["xor", "rc4", "rc4 of windows"])
def test_a_workbook_of_1997_is_read_under_each_lock(lock: Lock) -> None:
    plain = of_1997()
    opened = read_as("xls", locked_xls(plain, OWN, lock))
    assert all_texts(opened) == all_texts(read_as("xls", plain))
    with pytest.raises(EncryptedFileError):
        read_as("xls", locked_xls(plain, "khac", lock))


def test_a_workbook_of_1995_is_read_under_its_lock() -> None:
    plain = of_1995()
    opened = read_as("xls", locked_xls(plain, OWN, "xor of 1995"))
    assert all_texts(opened) == all_texts(read_as("xls", plain))
    assert all_texts(opened)[0][299] == ["hang299"]
    with pytest.raises(EncryptedFileError):
        read_as("xls", locked_xls(plain, "khac", "xor of 1995"))


def test_a_package_under_standard_encryption_is_opened() -> None:
    plain = a_workbook(rows_xml('<c r="A1"><v>5</v></c>'))
    assert unlocked_package(locked_package(plain, OWN)) == plain
    with pytest.raises(EncryptedFileError):
        unlocked_package(locked_package(plain, "khac"))
