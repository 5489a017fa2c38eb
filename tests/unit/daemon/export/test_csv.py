"""CSV read back: a stranger's text is never a formula, and is the same bytes."""

import csv
import io
from datetime import date, datetime

import pytest

from daemon.export.csv_file import write_csv
from daemon.export.model import Value
from tests.builders.documents import HOSTILE, ZONE


def written(*rows: tuple[Value, ...]) -> bytes:
    stream = io.BytesIO()
    write_csv(("a", "b"), rows, stream, ZONE)
    return stream.getvalue()


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_could_be_a_formula_has_an_apostrophe_and_is_otherwise_the_same(
    text: str,
) -> None:
    (_, (first, second)) = read(written((text, f"x{text}")))
    assert first[:1] not in tuple("=+-@\t\r\0＝＋－＠")
    assert first.removeprefix("'" * (first != text)) == text.replace("\ud800", "?")
    assert second == f"x{text}".replace("\ud800", "?")


def test_values_are_written_as_the_contract_says() -> None:
    moment = datetime(2021, 6, 8, 9, 0, 0, 5, tzinfo=ZONE)
    raw = written((True, moment), (None, date(2021, 6, 8)), (-1, 0.5))
    assert raw.startswith(b"\xef\xbb\xbfa,b\r\n")
    assert read(raw)[1:] == [
        ["true", "2021-06-08T09:00:00+07:00"],
        ["", "2021-06-08"],
        ["-1", "0.5"],
    ]
