"""Read the directory of units from its CSV file.

It does not compare it with what is stored; adding, updating and retiring is storage's.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from config.faults import Faults
from config.table import is_address
from parsers.values.unit import Unit

_REQUIRED = ("code", "name", "category")
_LISTS = ("aliases", "addresses")
_OPTIONAL = ("salutation", "contact", "phone", "leader", "leader_address", "note")
_CODE = re.compile(r"[\w.-]{1,40}")


def load_units(path: Path, categories: Sequence[str]) -> tuple[Unit, ...]:
    """Return the units in the order of the file (UTF-8, comma, heading in line 1).

    Columns stand in any order, unknown ones are ignored, lists are cut at `;`, texts
    are NFC. `categories` are the codes that a unit may have. Raises ConfigurationError
    with every fault and its line.
    """
    faults = Faults()
    text = _text(path, faults)
    rows = _rows(path, text, faults)
    faults.raise_any()
    if not rows:
        faults.add(path, "code", "column_missing", None, 1)
        faults.raise_any()
    heading = rows[0][1]
    columns = _columns(path, heading, faults)
    faults.raise_any()
    reader = _Reader(path, columns, len(heading), categories, faults)
    units = tuple(
        reader.unit(line, cells)
        for line, cells in rows[1:]
        if any(map(str.strip, cells))
    )
    faults.raise_any()
    return units


def _text(path: Path, faults: Faults) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.add(path, "", "file_missing")
    except OSError:
        faults.add(path, "", "file_unreadable")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        faults.add(path, "", "file_not_utf8", None, line)
    return ""


def _rows(path: Path, text: str, faults: Faults) -> list[tuple[int, list[str]]]:
    """Return (number of the row's first line, its cells)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        faults.add(path, "", "csv_damaged", None, line)
    return rows


def _columns(path: Path, heading: list[str], faults: Faults) -> dict[str, int]:
    names = [cell.strip().lower() for cell in heading]
    if len(names) == 1 and ";" in names[0]:
        faults.add(path, "", "semicolons", heading[0], 1)
        return {}
    for name in _REQUIRED:
        if name not in names:
            faults.add(path, name, "column_missing", None, 1)
    known = (*_REQUIRED, *_LISTS, *_OPTIONAL)
    for name in known:
        if names.count(name) > 1:
            faults.add(path, name, "column_twice", None, 1)
    return {name: names.index(name) for name in known if name in names}


class _Reader:
    """Reads rows; knows the columns, the categories and the codes seen so far."""

    def __init__(
        self,
        path: Path,
        columns: dict[str, int],
        width: int,
        categories: Sequence[str],
        faults: Faults,
    ) -> None:
        self._path = path
        self._columns = columns
        #: How many cells the heading has.
        self._width = width
        self._categories = categories
        self._faults = faults
        self._codes: dict[str, int] = {}

    def unit(self, line: int, cells: list[str]) -> Unit:
        """Return the unit of one row; what is wrong with it is added to the faults."""
        texts = {name: self._cell(cells, at) for name, at in self._columns.items()}
        for name in _REQUIRED:
            if not texts[name]:
                self._add(line, name, "empty")
        if any(map(str.strip, cells[self._width :])):
            self._add(line, "", "too_many_cells", cells[-1])
        self._check_code(line, texts["code"])
        self._check_category(line, texts["category"])
        addresses = _list(texts.get("addresses", ""))
        for address in addresses:
            self._check_address(line, "addresses", address)
        if texts.get("leader_address"):
            self._check_address(line, "leader_address", texts["leader_address"])
        return Unit(
            code=texts["code"],
            name=texts["name"],
            category=texts["category"],
            aliases=_list(texts.get("aliases", "")),
            addresses=addresses,
            **{name: texts.get(name) or None for name in _OPTIONAL},
        )

    def _cell(self, cells: list[str], index: int) -> str:
        text = cells[index] if index < len(cells) else ""
        return unicodedata.normalize("NFC", text).strip()

    def _check_code(self, line: int, code: str) -> None:
        if not code:
            return
        if not _CODE.fullmatch(code):
            self._add(line, "code", "not_a_code", code)
        other = self._codes.setdefault(code.casefold(), line)
        if other != line:
            self._add(line, "code", "duplicate_code", code, other=other)

    def _check_category(self, line: int, category: str) -> None:
        if category and category not in self._categories:
            choices = ", ".join(self._categories)
            self._add(line, "category", "unknown_category", category, choices=choices)

    def _check_address(self, line: int, column: str, address: str) -> None:
        if not is_address(address):
            self._add(line, column, "not_an_address", address)

    def _add(
        self, line: int, column: str, code: str, value: object = None, **more: object
    ) -> None:
        self._faults.add(self._path, column, code, value, line, **more)


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(";") if item.strip())
