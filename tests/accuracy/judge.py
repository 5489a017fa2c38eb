"""Compare what was read with the truth: cells exact, rows missed, invented, certain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

KEYS = ("number", "title", "method", "time", "expected_result", "result")
#: Keys of a row that are judged only where the truth speaks of them.
ASKED_MORE = ("progress", "field", "unit")
_LEAST_ALIKE = 2

Row = dict[str, Any]


@dataclass
class Score:
    """Counts over files of one kind; everything adds up."""

    files: int = 0
    unread: int = 0
    cells: int = 0
    exact: int = 0
    rows: int = 0
    missed: int = 0
    invented: int = 0
    certain_wrong: int = 0
    certain: int = 0
    held: int = 0
    kinds_right: int = 0
    unit_asked: int = 0
    unit_certain_right: int = 0
    unit_certain_wrong: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def judged(truth: Any, line: Row | None) -> Score:
    """Return the score of one file; `line` is what `read --json` printed."""
    score = Score(files=1)
    expected = [*truth.registrations, *truth.results]
    if line is None or _unread(line):
        score.unread = 1
        return score
    found = [*line["registrations"], *line["results"]]
    score.held = line["state"] in ("held", "quarantined")
    score.rows = len(expected)
    pairs = paired(expected, found)
    for want, got in pairs:
        _row(want, got, score)
    if line["kind"] == truth.kind:
        score.kinds_right = 1
    else:
        score.notes.append(f"kind {line['kind']}, not {truth.kind}")
    _unit(truth, line, score)
    return score


def _unread(line: Row) -> bool:
    codes = {f["code"] for f in line["findings"]}
    return bool(codes & {"type_unsupported", "program_missing"})


def _row(want: Row | None, got: Row | None, score: Score) -> None:
    if got is None:
        assert want is not None
        score.missed += 1
        score.cells += sum(key in want for key in KEYS)
        score.notes.append(f"missed {want!r}")
        return
    if want is None:
        score.invented += 1
        score.certain_wrong += got["certainty"] == 1.0
        score.notes.append(f"invented {short(got)!r}")
        return
    for key in _asked(want, got):
        score.cells += 1
        sure = _certainty(got, key) == 1.0
        score.certain += sure
        if got.get(key) == want.get(key):
            score.exact += 1
            continue
        wrong = "CERTAIN " if sure else ""
        score.certain_wrong += sure
        score.notes.append(f"{wrong}{key}: {got.get(key)!r}, not {want.get(key)!r}")


def _asked(want: Row, got: Row) -> list[str]:
    """Return the keys that are judged.

    A truth without a field says that the table names none: what is inferred from the
    words of a work, and says so, is measured on its own set.
    """
    keys = [k for k in KEYS if k in got] + [k for k in ASKED_MORE if k in want]
    if "field" in keys and want["field"] is None and _certainty(got, "field") < 1.0:
        keys.remove("field")
    return keys


def _certainty(got: Row, key: str) -> float:
    """Return how certain a cell is; a field has a key of its own, null for none."""
    if key == "field" and got.get("field") is not None:
        return float(got["field_certainty"])
    return float(got["cells"].get(key, got["certainty"]))


def short(row: Row) -> Row:
    return {key: row[key] for key in KEYS if row.get(key)}


def _unit(truth: Any, line: Row, score: Score) -> None:
    unit = line["unit"]
    sure = unit is not None and unit["certainty"] == "certain"
    if truth.unit is not None and truth.provable:
        score.unit_asked = 1
        score.unit_certain_right = sure and unit["code"] == truth.unit
        if not score.unit_certain_right:
            score.notes.append(f"unit {unit}, not {truth.unit}")
    if sure and unit["code"] != truth.unit:
        score.unit_certain_wrong = 1
        score.notes.append(f"UNIT CERTAIN {unit}, not {truth.unit}")


def paired(
    expected: Sequence[Row], found: Sequence[Row]
) -> list[tuple[Row | None, Row | None]]:
    """Return both lists side by side in their order, None for a missing partner."""
    height, width = len(expected), len(found)
    best = [[0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            same = _alike(expected[i], found[j])
            with_pair = best[i + 1][j + 1] + same if same else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], with_pair)
    pairs: list[tuple[Row | None, Row | None]] = []
    i = j = 0
    while i < height or j < width:
        same = _alike(expected[i], found[j]) if i < height and j < width else 0
        if same and best[i][j] == best[i + 1][j + 1] + same:
            pairs.append((expected[i], found[j]))
            i, j = i + 1, j + 1
        elif j >= width or (i < height and best[i][j] == best[i + 1][j]):
            pairs.append((expected[i], None))
            i += 1
        else:
            pairs.append((None, found[j]))
            j += 1
    return pairs


def _alike(want: Row, got: Row) -> int:
    """Return how many cells are the same; 0 where it is another row."""
    same = sum(bool(want.get(k)) and want.get(k) == got.get(k) for k in KEYS)
    title = want.get("title") == got.get("title")
    return same + 2 * title if same + title >= _LEAST_ALIKE else 0
