import pytest

from daemon.mailbox.errors import (
    AnswerError,
    MailboxUnreachableError,
    ThrottledError,
)
from daemon.mailbox.wire import FetchWire, parse_row, uid_set


class Tape:
    """A connection whose answers were recorded before."""

    def __init__(self, answers: bytes) -> None:
        self.sent = b""
        self._left = answers

    def send(self, data: bytes) -> None:
        self.sent += data

    def readline(self) -> bytes:
        end = self._left.find(b"\n") + 1 or len(self._left)
        line, self._left = self._left[:end], self._left[end:]
        return line

    def read(self, size: int) -> bytes:
        data, self._left = self._left[:size], self._left[size:]
        return data


def collected(answers: bytes, uids: list[int], room: int = 1000):
    wire = FetchWire(Tape(answers), room)
    return wire.collect(wire.ask(uids, b"UID BODY.PEEK[]"))


def test_a_row_is_read_whatever_the_order_and_the_flags() -> None:
    texts = [
        b"* 1 FETCH (FLAGS (\\Seen $x) BODY[] {5}",
        b' uid 7 MODSEQ (12) X "a\\"b")',
    ]
    row = parse_row(texts, [b"a\r\nb)"])
    assert row == {b"BODY[]": b"a\r\nb)", b"UID": b"7", b"X": b'a"b'}


def test_an_empty_body_comes_as_nil_or_as_an_empty_string() -> None:
    assert parse_row([b"* 1 FETCH (UID 7 BODY[] NIL)"], [])[b"BODY[]"] is None
    assert parse_row([b'* 1 FETCH (UID 7 BODY[] "")'], [])[b"BODY[]"] == b""


@pytest.mark.parametrize(
    "line", [b"* 1 FETCH (UID 7", b"* 1 FETCH (UID)", b"* 1 FETCH ((UID 7)"]
)
def test_a_row_whose_parentheses_disagree_is_an_error(line: bytes) -> None:
    with pytest.raises(AnswerError):
        parse_row([line], [])


def test_runs_of_uids_are_written_as_ranges() -> None:
    assert uid_set([1, 2, 3, 7, 9, 10]) == b"1:3,7,9:10"


def test_a_literal_is_cut_by_its_length_with_nul_and_bare_line_ends_in_it() -> None:
    raw = b"a\0b\nc\rHF1 OK\r\n* BYE\r\n"
    answers = b"* 1 FETCH (UID 7 BODY[] {%d}\r\n%s)\r\nHF1 OK\r\n" % (len(raw), raw)
    assert collected(answers, [7]).rows[7][b"BODY[]"] == raw


def test_a_mail_that_was_not_asked_for_is_not_taken() -> None:
    answers = b"* 1 FETCH (UID 8 BODY[] {1}\r\nx)\r\n* 2 EXPUNGE\r\nHF1 OK\r\n"
    assert collected(answers, [7]).rows == {}


def test_a_change_of_flags_without_uid_in_between_does_no_harm() -> None:
    answers = (
        b"* 3 FETCH (FLAGS (\\Seen))\r\n* 4 EXISTS\r\n"
        b"* 1 FETCH (UID 7 BODY[] {1}\r\nx)\r\n* 1 FETCH (UID 7 FLAGS ())\r\nHF1 OK\r\n"
    )
    assert collected(answers, [7]).rows[7][b"BODY[]"] == b"x"


def test_answers_may_come_in_another_order_than_their_commands() -> None:
    tape = Tape(
        b"* 2 FETCH (UID 2 BODY[] {1}\r\nb)\r\nHF2 OK\r\n"
        b"* 1 FETCH (UID 1 BODY[] {1}\r\na)\r\nHF1 OK\r\n"
    )
    wire = FetchWire(tape, 1000)
    first, second = wire.ask([1], b"X"), wire.ask([2], b"X")
    assert wire.collect(first).rows[1][b"BODY[]"] == b"a"
    assert wire.collect(second).rows[2][b"BODY[]"] == b"b"
    assert wire.idle


def test_a_literal_of_ten_gigabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(AnswerError, match="10000000000"):
        collected(b"* 1 FETCH (UID 7 BODY[] {10000000000}\r\nx", [7])


def test_the_end_of_the_connection_within_a_literal_is_no_mail() -> None:
    with pytest.raises(MailboxUnreachableError):
        collected(b"* 1 FETCH (UID 7 BODY[] {10}\r\nabc", [7])


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (b"HF1 NO [OVERQUOTA] later\r\n", "OVERQUOTA"),
        (b"* BYE [UNAVAILABLE] later\r\n", "UNAVAILABLE"),
    ],
)
def test_a_provider_that_says_slower_is_heard(answers: bytes, code: str) -> None:
    with pytest.raises(ThrottledError) as caught:
        collected(answers, [7])
    assert caught.value.code == code


def test_a_soft_word_of_throttling_in_a_good_answer_is_remembered() -> None:
    wire = FetchWire(Tape(b"HF1 OK [THROTTLED] done\r\n"), 1000)
    wire.collect(wire.ask([7], b"UID"))
    assert wire.slow == "THROTTLED"


def test_goodbye_ends_the_conversation() -> None:
    with pytest.raises(MailboxUnreachableError):
        collected(b"* BYE server shutting down\r\n", [7])
