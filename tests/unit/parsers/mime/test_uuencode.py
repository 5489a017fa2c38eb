"""Files that stand uuencoded in a text body are attachments; the rest stays text."""

import binascii
import time
from base64 import encodebytes

import pytest

from parsers.mime.tree import walk
from parsers.values.limits import Limits
from tests.builders.containers import digest, holds, opened
from tests.builders.message import a_message, a_part

DATA = bytes(range(256)) * 3 + b"x"


def encoded(name: str, data: bytes = DATA, backtick: bool = True) -> bytes:
    lines = [b"begin 644 " + name.encode() + b"\n"]
    for at in range(0, len(data), 45):
        lines.append(binascii.b2a_uu(data[at : at + 45], backtick=backtick))
    return b"".join(lines) + b"`\nend\n"


def parts(body: bytes) -> list[tuple[tuple[str, ...], bytes]]:
    tree = walk(a_message(a_part(body)), Limits())
    return [(part.path, part.payload) for part in tree.parts]


def test_several_files_come_out_and_the_text_around_stays() -> None:
    body = (
        b"Kinh gui\n"
        + encoded("bảng.xls")
        + b"va\n"
        + encoded("b.doc", b"hai")
        + b"het\n"
    )
    assert parts(body) == [
        ((), b"Kinh gui\nva\nhet\n"),
        (("bảng.xls",), DATA),
        (("b.doc",), b"hai"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        encoded("a", backtick=False).replace(b" \n", b"\n"),
        encoded("a").replace(b"\n", b"\r\n"),
        encoded("a").removesuffix(b"end\n"),
        b"begin-base64 644 a\n" + encodebytes(DATA) + b"====\n",
    ],
)
def test_careless_writers_are_read(body: bytes) -> None:
    assert parts(body)[1:] == [(("a",), DATA)]


@pytest.mark.parametrize(
    "body",
    [
        b"begin 644 the work at once,\nsaid nobody with a long face\n",
        b"We begin 644 x\nM\n",
        b"begin 644 x\n\n",
    ],
)
def test_prose_stays_prose(body: bytes) -> None:
    assert parts(body) == [((), body)]


def test_many_beginnings_cost_linear_time() -> None:
    body = b"begin 644 x\n" * 100_000
    begun = time.process_time()
    assert parts(body) == [((), body)]
    assert time.process_time() - begun < 2


def test_an_attached_file_that_is_uuencoded_is_opened() -> None:
    base64 = "begin-base64 644 bảng.bin\n".encode() + encodebytes(DATA) + b"====\n"
    for payload in (encoded("bảng.bin"), base64):
        found = opened(payload, "bang.uue")
        assert [a.type for a in found.attachments] == ["uu", "unknown"]
        assert holds(found, "bảng.bin") == [digest(DATA)]


def test_prose_in_a_file_is_text() -> None:
    found = opened(b"begin 644 the work at once,\nsaid nobody\n", "a.txt")
    assert [a.type for a in found.attachments] == ["text"]
