"""Zip files of every writer give their members, and bombs give a finding."""

import io
import struct
import zipfile
import zlib

import pytest

from parsers.values.limits import Limits
from parsers.zip_names import member_name
from tests.builders.containers import digest, holds, listed, opened, told
from tests.builders.message import a_message, a_multipart, a_part

NAME = "Đăng ký công trình"
TEXT = b"Kinh gui Ban Dan van Quan uy\n" * 40


def a_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, payload in members.items():
            file.writestr(name, payload)
    return out.getvalue()


def streamed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip whose sizes stand behind the members (bit 3), as pipes write it."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.bytes = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.bytes += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as file:  # type: ignore[call-overload]
        for name, payload in members.items():
            file.writestr(name, payload)
    return pipe.bytes


@pytest.mark.parametrize(
    "method",
    [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA],
)
def test_members_of_every_method_come_out_byte_for_byte(method: int) -> None:
    found = opened(a_zip({"a/b.txt": TEXT, "c.txt": b""}, method), "x.zip")
    assert holds(found, "a/b.txt") == [digest(TEXT)]
    assert listed(found) == ["a/b.txt: other", "c.txt: unreadable"]
    assert told(found) == [("file_empty", "x.zip › c.txt")]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (NAME.encode(), NAME),
        (b"\xd0\xe3ng k\xfd.xls", "Đăng ký.xls".replace("ý", "ư")),
        ("Đăng kí thaùng".encode("cp1258"), "Đăng kí thaùng"),
        (b"Danh sa\xecch c\xf4ng tri\xccnh.xls", "Danh sách công trình.xls"),
        (NAME.encode().decode("cp437").encode(), NAME),
        ("a│b.txt".encode(), "a│b.txt"),
        ("Résumé à lire".encode("cp437"), "Résumé à lire"),
        ("Ñaêng kyù".encode("cp1252"), "Ñaêng kyù"),
        ("§¨ng ký".encode("cp1252"), "§¨ng ký"),
        (b"ke hoach.docx", "ke hoach.docx"),
    ],
)
def test_a_name_is_read_in_the_set_that_makes_letters_of_it(
    raw: bytes, name: str
) -> None:
    assert member_name(raw) == name


def test_the_unicode_name_beside_a_lost_one_counts() -> None:
    field = b"\x01" + struct.pack("<L", zlib.crc32(b"??ng k?")) + NAME.encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert member_name(b"??ng k?", extra) == NAME
    assert member_name(b"khac", extra) == "khac"


def test_what_systems_add_and_folders_are_no_attachments() -> None:
    members = {
        "thu muc/": b"",
        "__MACOSX/._bang.txt": b"x",
        "thu muc/.DS_Store": b"x",
        "Thumbs.db": b"x",
        "thu muc\\bang.txt": TEXT,
        "nfd/Đa\u0306ng.txt": TEXT,
    }
    found = opened(a_zip(members), "x.zip")
    assert listed(found) == ["thu muc/bang.txt: other", "nfd/Đăng.txt: other"]


@pytest.mark.parametrize("name", ["../../etc/x.txt", "/etc/x.txt", "C:/x.txt"])
def test_nasty_names_are_text(name: str) -> None:
    assert listed(opened(a_zip({name: TEXT}), "x.zip")) == [f"{name}: other"]


def test_endless_names_and_control_characters_are_cut_out() -> None:
    found = opened(a_zip({"a" * 10_000 + ".txt": TEXT, "b\x07\x1b.txt": TEXT}), "x.zip")
    assert [len(a.path[-1]) for a in found.attachments[1:2]] == [512]
    assert listed(found)[1] == "b.txt: other"


def test_equal_names_have_their_number() -> None:
    payload = bytearray(a_zip({"a.txt": TEXT, "b.txt": b"hai"}))
    payload = bytearray(bytes(payload).replace(b"b.txt", b"a.txt"))
    assert listed(opened(bytes(payload), "x.zip")) == ["a.txt: other", "a.txt#2: other"]


def locked(payload: bytes, name: bytes) -> bytes:
    """Set the flag of encryption of one member in both its headers."""
    data = bytearray(payload)
    for magic, flags, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = data.find(magic)
        while at >= 0:
            if data[at + name_at :].startswith(name):
                data[at + flags] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def test_a_locked_member_is_told_and_the_others_are_read() -> None:
    payload = locked(a_zip({"a.txt": TEXT, "b.txt": TEXT}), b"a.txt")
    found = opened(payload, "x.zip")
    assert listed(found) == ["b.txt: other"]
    assert told(found) == [("file_encrypted", "x.zip › a.txt")]


def test_where_all_is_locked_the_zip_is() -> None:
    found = opened(locked(a_zip({"a.txt": TEXT}), b"a.txt"), "x.zip")
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [("file_encrypted", "x.zip")]


def test_a_broken_member_is_told_and_the_others_are_read() -> None:
    payload = bytearray(a_zip({"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED))
    payload[40] ^= 0xFF
    found = opened(bytes(payload), "x.zip")
    assert listed(found) == ["b.txt: other"]
    assert told(found) == [("file_damaged", "x.zip › a.txt")]


@pytest.mark.parametrize("writer", [a_zip, streamed])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_before_a_lost_directory_are_saved(writer, method: int) -> None:  # type: ignore[no-untyped-def]
    inner = a_zip({"trong.txt": TEXT}, zipfile.ZIP_STORED)
    whole = writer({"a.txt": TEXT, "b.zip": inner, "c.txt": TEXT}, method)
    end = struct.unpack_from("<L", whole, len(whole) - 6)[0]
    found = opened(whole[: end + 10], "x.zip")
    assert holds(found, "a.txt") == [digest(TEXT)]
    assert holds(found, "b.zip") == [digest(inner)]
    assert ("file_damaged", "x.zip") in told(found)


def test_a_zip_without_members_is_empty() -> None:
    assert told(opened(a_zip({}), "x.zip")) == [("file_empty", "x.zip")]


def test_a_mail_in_a_zip_is_opened() -> None:
    attached = 'Content-Disposition: attachment; filename="bang.txt"'
    mail = a_message(a_multipart(a_part(), a_part(TEXT, "text/plain", attached)))
    found = opened(a_zip({"thu.eml": mail}), "x.zip")
    assert listed(found) == ["thu.eml: other", "thu.eml|bang.txt: other"]
    assert [path for path, _ in found.documents] == [
        ("x.zip", "thu.eml"),
        ("x.zip", "thu.eml", "bang.txt"),
    ]


def test_archives_are_opened_as_deep_as_allowed() -> None:
    payload = TEXT
    for level in range(5):
        payload = a_zip({f"{level}.zip" if level else "a.txt": payload})
    found = opened(payload, "x.zip", Limits(archive_depth=3))
    assert listed(found)[-1] == "4.zip|3.zip|2.zip: unreadable"
    assert told(found) == [("limit_exceeded", "x.zip › 4.zip › 3.zip › 2.zip")]


def test_a_bomb_beside_a_table_costs_only_itself() -> None:
    members = {"bom.bin": b"\0" * 3_000_000, "bang.txt": TEXT}
    found = opened(a_zip(members), "x.zip", Limits(expanded_mib=1))
    assert listed(found) == ["bang.txt: other"]
    assert told(found) == [("limit_exceeded", "x.zip")]


def test_bytes_that_were_thrown_away_are_given_back_only_once() -> None:
    members = {f"{n}.bin": b"\0" * 3_000_000 for n in range(5)}
    found = opened(a_zip(members | {"a.txt": TEXT}), "x.zip", Limits(expanded_mib=1))
    assert told(found) == [("limit_exceeded", "x.zip")]


def test_members_beyond_the_limit_are_left_out() -> None:
    members = {f"{n}.txt": b"x" for n in range(30)}
    found = opened(a_zip(members), "x.zip", Limits(members=20))
    assert len(listed(found)) == 20
    assert told(found) == [("limit_exceeded", "x.zip")]


def test_members_that_lie_over_each_other_count_each_time() -> None:
    plain = a_zip({"a.txt": b"\0" * 500_000})
    at = plain.index(b"PK\x01\x02")
    end = plain.index(b"PK\x05\x06")
    entry = plain[at:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 9 * len(entry), at, 0)
    found = opened(plain[:at] + entry * 9 + tail, "x.zip", Limits(expanded_mib=1))
    assert len(listed(found)) == 2
    assert told(found) == [("limit_exceeded", "x.zip")]


def test_a_cut_zip_is_not_taken_for_the_office_file_in_it() -> None:
    document = a_zip({"[Content_Types].xml": b"", "word/document.xml": TEXT})
    whole = a_zip({"bang.docx": document}, zipfile.ZIP_STORED)
    found = opened(whole[: len(document) + 60], "x.zip")
    assert [a.type for a in found.attachments] == ["zip", "docx"]
    assert holds(found, "bang.docx") == [digest(document)]


def test_the_lock_file_beside_its_document_is_left_out() -> None:
    lock = b"\x04Binh".ljust(54) + b"\x04\0B\0i\0n\0h\0".ljust(108, b"\0")
    members = {"a/~$ng ky.txt": lock, "a/dang ky.txt": TEXT, "b/~$khac.txt": lock}
    found = opened(a_zip(members), "x.zip")
    assert [a.path[1:] for a in found.attachments[1:]] == [
        ("a/dang ky.txt",),
        ("b/~$khac.txt",),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bang.xlsx", "file_damaged"),
        ("BANG.DOC", "file_damaged"),
        ("bang.zip", "file_damaged"),
        ("bang.z01", "type_unsupported"),
        ("bang.r00", "type_unsupported"),
        ("bang.7z.002", "type_unsupported"),
    ],
)
def test_bytes_that_are_not_what_their_name_says_are_told(name: str, code: str) -> None:
    found = opened(bytes(range(256)), name)
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [(code, name)]


def test_more_members_than_two_bytes_can_count_are_found_where_they_are() -> None:
    members = {f"{n}.txt": b"x" for n in range(65_536)}
    found = opened(a_zip(members, zipfile.ZIP_STORED), "x.zip", Limits(members=3))
    assert listed(found) == ["0.txt: other", "1.txt: other", "2.txt: other"]
    assert told(found) == [("limit_exceeded", "x.zip")]


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        (["docProps/app.xml", "xl/sharedStrings.xml"], "xlsx"),
        (["_rels/.rels", "word/theme/theme1.xml"], "docx"),
        (["docProps/app.xml"], "xlsx"),
    ],
)
def test_a_cut_office_file_is_one_damaged_file(members: list[str], kind: str) -> None:
    whole = a_zip(dict.fromkeys(members, TEXT))
    found = opened(whole[: whole.index(b"PK\x01\x02")], "bang.xlsx")
    assert [(a.type, a.role) for a in found.attachments] == [(kind, "unreadable")]
    assert told(found) == [("file_damaged", "bang.xlsx")]
