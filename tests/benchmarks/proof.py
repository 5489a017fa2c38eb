"""Stored rows against what was sent: every row of every mail, and no other."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.corpus import Known
from tests.benchmarks.naive import COLUMNS
from tests.benchmarks.place import WrongError

#: Whose row it is, and its cells.
Line = tuple[str, ...]


def prove(path: Path, key: str, mails: Sequence[Known]) -> None:
    """Raise WrongError unless the CSV file holds the rows of `mails` and no others.

    `key` is the column that says whose a row is: `unit` or `message_id`.
    """
    wanted = Counter(
        (getattr(mail, key), *map(_plain, row)) for mail in mails for row in mail.rows
    )
    found = Counter(_lines(path, key))
    missing, strange = wanted - found, found - wanted
    if missing or strange:
        example = next(iter(missing or strange))
        raise WrongError(
            f"{path.name}: of {wanted.total()} rows {missing.total()} are missing, "
            f"{strange.total()} nobody sent, for instance {example}"
        )


def _lines(path: Path, key: str) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield (row[key], *(_plain(row[name]) for name in COLUMNS))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
