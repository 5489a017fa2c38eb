"""Compare what was read from pictures with the truth: letters, cells, rows, certainty.

Where a line ends inside a cell is the paper's width on most papers, so a cell is right
when its words are; `as_typed` counts those whose lines are right as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from tests.accuracy.model import Truth

KEYS = ("number", "title", "method", "time", "expected_result", "result")
#: What is said to be so certain is to be right in 199 of 200 cells.
SURE = 0.9
#: Two rows are the same where so much of their letters agrees.
_ALIKE = 55.0

Row = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """One cell that was asked for: what stood there, what was read, how certain."""

    key: str
    want: str
    got: str
    certainty: float

    @property
    def right(self) -> bool:
        return words_of(self.want) == words_of(self.got)


@dataclass
class Score:
    """Counts over files; everything adds up."""

    files: int = 0
    pages: int = 0
    unread: int = 0
    rows: int = 0
    missed: int = 0
    invented: int = 0
    lost_cells: int = 0
    letters: int = 0
    wrong_letters: int = 0
    as_typed: int = 0
    confirmations: int = 0
    confirmed_right: int = 0
    held: int = 0
    bare: int = 0
    kinds_right: int = 0
    unit_certain_wrong: int = 0
    cells: list[Judged] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def asked(self) -> int:
        return len(self.cells) + self.lost_cells

    @property
    def exact(self) -> int:
        return sum(cell.right for cell in self.cells)

    @property
    def sure(self) -> int:
        return sum(cell.certainty >= SURE for cell in self.cells)

    @property
    def sure_wrong(self) -> int:
        return sum(cell.certainty >= SURE and not cell.right for cell in self.cells)

    @property
    def ones(self) -> int:
        return sum(cell.certainty >= 1.0 for cell in self.cells)


@dataclass(frozen=True)
class Mistakes:
    """What was made of a file that registers nothing: rows, findings, its death."""

    rows: int
    codes: tuple[str, ...]
    died: bool


def mistakes(line: Row | None) -> Mistakes:
    """Return what `read --json` made of a file without works.

    That it names no unit is said of every file, and says nothing of a picture.
    """
    if line is None:
        return Mistakes(0, (), True)
    rows = len(line["registrations"]) + len(line["results"])
    codes = dict.fromkeys(
        f["code"] for f in line["findings"] if not f["code"].startswith("unit_")
    )
    return Mistakes(rows, tuple(codes), line["state"] == "quarantined")


def words_of(text: str) -> str:
    """Return the text with single spaces, however its lines were broken."""
    return " ".join(text.split())


def judged(truth: Truth, confirmation: str, pages: int, line: Row | None) -> Score:
    """Return the score of one file; `line` is what `read --json` printed."""
    score = Score(files=1, pages=pages)
    expected = [*truth.registrations, *truth.results]
    score.rows = len(expected)
    if line is None:
        score.unread = 1
        score.notes.append("nothing was printed")
        score.missed = len(expected)
        score.lost_cells = sum(len(_keys(want)) for want in expected)
        return score
    found = [*line["registrations"], *line["results"]]
    for want, got in paired(expected, found):
        _row(want, got, score)
    score.kinds_right = line["kind"] == truth.kind
    if not score.kinds_right:
        score.notes.append(f"kind {line['kind']}, not {truth.kind}")
    if expected and found:
        score.confirmations = 1
        score.confirmed_right = line["confirmation"] == confirmation
        if not score.confirmed_right:
            said = line["confirmation"]
            score.notes.append(f"confirmation {said}, not {confirmation}")
    if line["message"] is None:
        score.bare = 1
        score.held = line["state"] in ("held", "quarantined")
    _unit(truth, line, score)
    return score


def paired(
    expected: Sequence[Row], found: Sequence[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield rows side by side, None for a missing partner; the most alike first.

    The order is free: rows of pages that came out of order are found all the same.
    """
    ways = sorted(
        (
            (-_alike(want, got), abs(i - j), i, j)
            for i, want in enumerate(expected)
            for j, got in enumerate(found)
        ),
    )
    left, right = set(range(len(expected))), set(range(len(found)))
    for alike, _, i, j in ways:
        if -alike < _ALIKE:
            break
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            yield expected[i], found[j]
    yield from ((expected[i], None) for i in sorted(left))
    yield from ((None, found[j]) for j in sorted(right))


def _alike(want: Row, got: Row) -> float:
    texts = [
        " ".join(words_of(str(row.get(key) or "")) for key in keys)
        for keys in (("title",), KEYS)
        for row in (want, got)
    ]
    numbered = want.get("number") == got.get("number")
    return max(ratio(*texts[:2]), ratio(*texts[2:])) + 0.5 * numbered


def _row(want: Row | None, got: Row | None, score: Score) -> None:
    if got is None:
        assert want is not None
        score.missed += 1
        score.lost_cells += len(_keys(want))
        score.notes.append(f"missed {want.get('number')} {want.get('title')!r}")
        return
    if want is None:
        score.invented += 1
        score.notes.append(f"invented { ({k: got[k] for k in KEYS if got.get(k)})!r}")
        return
    for key in KEYS:
        asked, read = want.get(key), got.get(key)
        if asked is None and not read:
            continue
        cell = Judged(key, str(asked or ""), str(read or ""), _certainty(got, key))
        score.cells.append(cell)
        score.as_typed += cell.want == cell.got
        score.letters += len(words_of(cell.want))
        score.wrong_letters += Levenshtein.distance(
            words_of(cell.want), words_of(cell.got)
        )
        if cell.certainty >= 1.0:
            score.notes.append(f"SAID TO BE 1.0: {key} {cell.got!r}")
        if not cell.right:
            score.notes.append(
                f"{cell.certainty:.2f} {key}: {cell.got!r}, not {cell.want!r}"
            )


def _keys(want: Row) -> list[str]:
    return [key for key in KEYS if want.get(key) is not None]


def _certainty(got: Row, key: str) -> float:
    return float(got["cells"].get(key, got["certainty"]))


def _unit(truth: Truth, line: Row, score: Score) -> None:
    unit = line["unit"]
    if unit and unit["certainty"] == "certain" and unit["code"] != truth.unit:
        score.unit_certain_wrong = 1
        score.notes.append(f"UNIT CERTAIN {unit}, not {truth.unit}")
