import base64
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mime.words import decode_words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Dang ky", "Dang ky"),
        ("=?utf-8?B?xJDEg25n?= =?utf-8?B?IGvDvQ==?=", "Đăng ký"),
        ("=?utf-8?Q?=C4=90=C4=83ng_k=C3=BD?= moi", "Đăng ký moi"),
        # A letter cut between two words; words that touch; a language tag.
        ("=?UTF-8?B?xA==?= =?utf-8?B?kMSDbmc=?=", "Đăng"),
        ("=?utf-8?B?xJA=?==?utf-8?B?xINuZw==?=", "Đăng"),
        ("=?utf-8*vi?Q?=C4=90?=", "Đ"),
        # Without padding, with blanks in a Q word, with an unknown charset.
        ("=?utf-8?B?xJDEg25nIGvDvQ?=", "Đăng ký"),
        ("=?utf-8?Q?k=C3=BD k=C3=BD?=", "ký ký"),
        ("=?x-unknown?Q?k=C3=BD?=", "ký"),
        ("=?windows-1258?Q?=D0=E3ng_ky=EC?=", "Đăng ky\u0301"),
        # Text between words keeps its blanks; blanks between words do not count.
        ("a =?utf-8?Q?b?= c =?utf-8?Q?d?=", "a b c d"),
        ("=?iso-8859-1?Q?a?= =?utf-8?Q?b?=", "ab"),
        # What is no word stays.
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?B?abc", "=?utf-8?B?abc"),
        ("1 =? 2 ?= 3", "1 =? 2 ?= 3"),
        ("=?utf-8?B??=", ""),
    ],
)
def test_words_are_decoded(written: str, read: str) -> None:
    assert decode_words(written) == read


@given(st.text(max_size=40), st.integers(1, 9))
def test_any_text_cut_anywhere_comes_back(text: str, size: int) -> None:
    raw = text.encode("utf-8", "replace")
    cut = [raw[n : n + size] for n in range(0, len(raw), size)]
    words = [f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in cut]
    decoded = decode_words("\n ".join(words))
    assert decoded == raw.decode().removeprefix("\ufeff") or "\ufeff" in text


@pytest.mark.parametrize("text", ["=?" * 30_000, "=?a?q?" * 10_000, "?=" * 30_000])
def test_long_rubbish_costs_linear_time(text: str) -> None:
    assert isinstance(decode_words(text), str)


def test_a_blank_that_the_writer_folded_away_stands_between_two_words() -> None:
    message = EmailMessage()
    subject = "Trường Tiểu học Nguyễn Thái Sơn đăng ký"
    message["Subject"] = subject
    folded = message.as_bytes().decode("ascii").partition(": ")[2].rstrip()
    assert "?=\n  =?" in folded
    assert decode_words(folded.replace("\n", "")) == subject
