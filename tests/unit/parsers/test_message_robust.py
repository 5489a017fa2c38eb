"""Whatever bytes come, there is a message, within bounds of time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.message import a_message, a_multipart, a_part, read

SEED = a_message(
    a_multipart(
        a_multipart(
            a_part(), a_part(b"<p>", "text/html"), kind="alternative", boundary="i"
        ),
        a_part(b"PK\x03\x04" * 40, 'application/zip; name="a.zip"', encoding="base64"),
        a_part(a_message(), "message/rfc822"),
    ),
    "To: =?utf-8?q?a?= <a@x.vn>, b@x.vn",
)


@given(
    st.lists(
        st.tuples(st.integers(0, len(SEED)), st.binary(max_size=5), st.integers(0, 9)),
        max_size=6,
    )
)
@settings(max_examples=120, deadline=None)
def test_damaged_mail_never_raises(damage: list[tuple[int, bytes, int]]) -> None:
    raw = SEED
    for position, inserted, removed in damage:
        raw = raw[:position] + inserted + raw[position + removed :]
    parsed = read(raw)
    assert len(parsed.content_digest) == 64


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_a_message(raw: bytes) -> None:
    assert read(raw).parts is not None


@pytest.mark.parametrize("cut", range(0, len(SEED), 37))
def test_mail_that_was_cut_short_keeps_what_came(cut: int) -> None:
    assert read(SEED[:cut]) is not None


_LONG = 60_000


@pytest.mark.parametrize(
    "raw",
    [
        a_message(sender="(" * _LONG),
        a_message(sender='"' * _LONG),
        a_message(sender="<" * _LONG),
        a_message(sender=",a@b.vn" * 9_000),
        a_message(sender="a@b.vn " * 9_000),
        a_message(sender="=?utf-8?q?a?= " * 5_000 + "<a@b.vn>"),
        a_message(None, "To: " + "\\" * _LONG),
        a_message(None, "References: " + "<" * _LONG),
        a_message(date="(" * _LONG),
        a_message(date="9" * _LONG),
        a_message(subject="Out of " + "o" * _LONG),
        a_message(subject="a" * _LONG + " is out of"),
        a_message(None, *[f"junk {n}" for n in range(20_000)]),
        a_message(None, *[f"X-{n}: 1" for n in range(20_000)]),
        b"\r\n".join([b"--b"] * 100_000),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 200_000,
        b"Content-Type: multipart/mixed\r\n\r\n" + b"--b\n" * 200_000,
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"a *\n" * 200_000,
        a_message(a_part(b"x: y\n" * 200_000, "application/x; name=a.eml")),
    ],
    ids=lambda raw: repr(raw[:40]),
)
def test_hostile_mail_is_read_within_two_seconds(raw: bytes) -> None:
    start = time.process_time()
    assert read(raw) is not None
    assert time.process_time() - start < 2
