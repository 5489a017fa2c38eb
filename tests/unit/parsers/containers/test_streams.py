"""Files that were packed one by one, and mails that lie in files."""

import bz2
import gzip
import io
import lzma

import pytest

from parsers.values.limits import Limits
from tests.builders.containers import digest, holds, listed, opened, told
from tests.builders.message import a_message, a_multipart, a_part

TEXT = b"Kinh gui Ban Dan van Quan uy\n" * 40
PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("kind", PACK)
def test_one_file_comes_out_under_its_name(kind: str) -> None:
    found = opened(PACK[kind](TEXT), f"bảng.txt.{kind}")
    assert listed(found) == ["bảng.txt: other"]
    assert holds(found, "bảng.txt") == [digest(TEXT)]


@pytest.mark.parametrize("kind", PACK)
def test_streams_one_behind_the_other_are_one_file(kind: str) -> None:
    pack = PACK[kind]
    found = opened(pack(TEXT) + pack(b"hai") + b"\0\0", "x")
    assert holds(found, "tep") == [digest(TEXT + b"hai")]


@pytest.mark.parametrize(
    ("name", "inner"),
    [("a.tgz", "a.tar"), ("a.TBZ2", "a.tar"), ("a.bin", "tep"), (".gz", "tep")],
)
def test_the_name_inside_is_told_by_the_name_outside(name: str, inner: str) -> None:
    assert listed(opened(gzip.compress(TEXT), name)) == [f"{inner}: other"]


@pytest.mark.parametrize("name", ["bảng.txt", "C:\\thu muc\\bảng.txt"])
def test_gzip_keeps_the_name_that_the_file_had(name: str) -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[3] |= 8
    packed[10:10] = name.encode() + b"\0"
    assert listed(opened(bytes(packed), "x.gz")) == ["bảng.txt: other"]


@pytest.mark.parametrize("kind", PACK)
def test_a_cut_stream_is_damage(kind: str) -> None:
    found = opened(PACK[kind](TEXT)[:-12], f"x.{kind}")
    assert told(found) == [("file_damaged", f"x.{kind}")]


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_is_stopped(kind: str) -> None:
    bomb = PACK[kind](PACK[kind](bytes(5_000_000)))
    found = opened(bomb, "x", Limits(expanded_mib=1))
    assert [a.role for a in found.attachments] == ["other", "unreadable"]
    assert [code for code, _ in told(found)] == ["limit_exceeded"]


def test_a_dictionary_that_would_fill_the_memory_is_refused() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    bomb = lzma.compress(TEXT, filters=filters)
    assert told(opened(bomb, "x.xz")) == [("limit_exceeded", "x.xz")]


def attached(name: str) -> bytes:
    file = a_part(TEXT, f'text/plain; name="{name}"')
    return a_message(a_multipart(a_part(), file))


def test_an_mbox_gives_its_mails() -> None:
    line = b"From p9@example.vn Mon Jun  7 10:00:00 2021\n"
    box = io.BytesIO()
    for name in ("a.txt", "b.txt"):
        box.write(line + attached(name) + b"\r\n\r\n>From here\n\n")
    found = opened(box.getvalue() + b"From here on nothing 10:00 2021\n", "thu.mbox")
    assert listed(found) == [
        "thu-1.eml: other",
        "thu-1.eml|a.txt: other",
        "thu-2.eml: other",
        "thu-2.eml|b.txt: other",
    ]


def test_a_mail_that_came_as_utf_16_is_read() -> None:
    mail = ("\ufeff" + attached("a.txt").decode()).encode("utf-16-le")
    assert listed(opened(mail, "thu.eml")) == ["a.txt: other"]


def test_parts_of_mails_in_files_count_as_members() -> None:
    found = opened(attached("a.txt"), "thu.eml", Limits(members=1))
    assert told(found) == [("limit_exceeded", "thu.eml")]
