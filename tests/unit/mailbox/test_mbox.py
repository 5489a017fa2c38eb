import io
import tracemalloc
from pathlib import Path

from daemon.mailbox.mbox import cut_mbox

FROM = b"From a@b.vn Mon Jun  7 10:00:00 2021\n"


def cut(data: bytes, message_bytes: int = 10**6) -> list[bytes]:
    return [mail.raw for mail in cut_mbox(io.BytesIO(data), message_bytes)]


def test_mails_are_cut_at_their_envelopes() -> None:
    data = FROM + b"Subject: 1\n\none\n\n" + FROM + b"Subject: 2\n\ntwo\n\n"
    assert cut(data) == [b"Subject: 1\n\none\n", b"Subject: 2\n\ntwo\n"]


def test_line_ends_of_windows_stay() -> None:
    data = FROM.replace(b"\n", b"\r\n") + b"Subject: 1\r\n\r\none\r\n\r\n"
    assert cut(data) == [b"Subject: 1\r\n\r\none\r\n"]


def test_one_sign_of_quoting_is_taken_away() -> None:
    data = FROM + b"Subject: 1\n\n>From the ward\n>>From us\n> From them\n"
    assert cut(data) == [b"Subject: 1\n\nFrom the ward\n>From us\n> From them\n"]


def test_a_sentence_that_begins_with_from_does_not_begin_a_mail() -> None:
    body = b"Subject: 1\n\nHello\n\nFrom 8:30 on 7 June 2021 we meet.\nAll are asked.\n"
    assert cut(FROM + body) == [body]


def test_an_envelope_that_follows_no_blank_line_begins_no_mail() -> None:
    body = b"Subject: 1\n\nHello\n" + FROM + b"Subject: quoted\n"
    assert cut(FROM + body) == [body]


def test_the_last_mail_has_the_same_bytes_after_the_file_grew() -> None:
    first = FROM + b"Subject: 1\n\none\n"
    grown = first + b"\n" + FROM + b"Subject: 2\n\ntwo\n"
    assert cut(grown)[0] == cut(first)[0] == cut(first + b"\n")[0]


def test_of_a_mail_above_the_limit_the_header_is_kept_and_the_size_told() -> None:
    big = b"Subject: 1\n\n" + b"x" * 70 + b"\n"
    data = FROM + big + b"\n" + FROM + b"Subject: 2\n\ntwo\n"
    first, second = cut_mbox(io.BytesIO(data), 50)
    assert (first.raw, first.header_only) == (b"Subject: 1\n\n", True)
    assert len(big) <= first.size <= len(big) + 1
    assert (second.raw, second.number) == (b"Subject: 2\n\ntwo\n", 2)


def test_an_empty_file_and_blank_lines_hold_no_mail() -> None:
    assert cut(b"") == []
    assert cut(b"\n\n") == []


def test_a_large_file_is_cut_in_little_memory(tmp_path: Path) -> None:
    mail = FROM + b"Subject: 1\n\n" + (b"y" * 75 + b"\n") * 14_000 + b"\n"
    path = tmp_path / "x.mbox"
    with path.open("wb") as file:
        for _ in range(12):
            file.write(mail)
    tracemalloc.start()
    with path.open("rb") as file:
        sizes = [found.size for found in cut_mbox(file, 10**7)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(sizes) == 12
    assert peak < 6 * len(mail)


def test_a_file_without_line_ends_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.mbox"
    path.write_bytes(FROM + b"Subject: 1\n\n" + b"z" * 30_000_000)
    tracemalloc.start()
    with path.open("rb") as file:
        (mail,) = cut_mbox(file, 1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert mail.size == 30_000_000 + len(b"Subject: 1\n\n")
    assert peak < 10_000_000
