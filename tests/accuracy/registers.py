"""Make registrations and reports of works at random, with what must be read of them."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from tests.accuracy import wordings
from tests.accuracy.content import EXTRAS, FIELDS, PROGRESS, Words
from tests.accuracy.model import (
    Grid,
    Typed,
    Value,
    shown,
)
from tests.accuracy.offices import Office

#: Key of a column -> its headings.
HEADINGS = {
    "number": wordings.NUMBER,
    "title": wordings.TITLE,
    "method": wordings.METHOD,
    "time": wordings.TIME,
    "expected_result": wordings.EXPECTED,
    "result": wordings.RESULT,
    "progress": wordings.PROGRESS,
    "unit": wordings.UNIT,
    "field": wordings.FIELD,
}
PLANNED = ("number", "title", "method", "time", "expected_result")
SKIPPED_ROWS = ("1.", "2.", "...", "…")


@dataclass
class Column:
    key: str
    heading: str
    group: str = ""


class Register:
    """One table in the making."""

    def __init__(self, random: Random, office: Office, kind: str, words: Words) -> None:
        self.random, self.office, self.kind, self.words = random, office, kind, words
        self.tags: list[str] = []
        self.columns = self._columns()
        self.grid = Grid([])
        self.truth: list[dict[str, object]] = []
        self.field: int | None = None
        self.units: list[Office] = []

    def chance(self, share: float, tag: str) -> bool:
        if self.random.random() < share:
            self.tags.append(tag)
            return True
        return False

    def at(self, key: str) -> int | None:
        return next((i for i, c in enumerate(self.columns) if c.key == key), None)

    def _columns(self) -> list[Column]:
        random = self.random
        keys = list(PLANNED)
        if self.kind == "results":
            keys = ["number", "title"]
            if random.random() < 0.4:
                keys += ["method", "time"]
            keys += ["result"]
            if random.random() < 0.5:
                keys += ["progress"]
        elif self.chance(0.12, "column missing"):
            keys.remove(random.choice(("method", "expected_result", "time")))
        if self.chance(0.1, "no number column"):
            keys.remove("number")
        if self.chance(0.12, "other order"):
            rest = keys[1:]
            random.shuffle(rest)
            keys = [keys[0], *rest]
        if self.chance(0.1, "field column"):
            keys.insert(random.randint(1, len(keys)), "field")
        if self.chance(0.12, "unit column"):
            keys.insert(random.randint(1, len(keys)), "unit")
        columns = [Column(key, self._heading(key)) for key in keys]
        if self.kind == "registration" and self.chance(0.08, "two time columns"):
            at = next((i for i, c in enumerate(columns) if c.key == "time"), None)
            if at is not None:
                group = wordings.disfigured("Thời gian thực hiện", random)
                pair = random.choice((("Bắt đầu", "Kết thúc"), ("Từ", "Đến")))
                columns[at : at + 1] = [Column("time", p, group) for p in pair]
        for heading in random.sample(list(EXTRAS), random.choice((0, 0, 1, 1, 2, 3))):
            columns.append(Column(heading, heading))
        return columns

    def _heading(self, key: str) -> str:
        random = self.random
        choices = HEADINGS[key]
        first = choices[0] if random.random() < 0.35 else random.choice(choices)
        if self.kind == "results" and key in ("method", "time"):
            first = choices[0]
        if key == "result" and "progress" in first.lower():
            first = choices[0]
        return wordings.disfigured(first, random)

    def made(self, count: int) -> Grid:
        """Fill the grid with a heading, `count` works and what stands between them."""
        self._head()
        style = self.random.choice(("1", "1", "1", "01", "1.", "(1)", "number"))
        sections = self.chance(0.2, "sections")
        restart = sections and self.chance(0.4, "numbers restart")
        if sections and len(self.columns) < 3:
            sections = False
        number = 0
        due = 0
        for index in range(count):
            if sections and index == due:
                due = index + self.random.randint(1, max(1, count // 2))
                self._section(index)
                number = 0 if restart else number
            number += 1
            self._work(number, style)
            if self.chance(0.04, "blank row between"):
                self._blank()
        if self.chance(0.12, "shared time"):
            self._share_time(count)
        if self.chance(0.12, "total"):
            self._total(count)
        if self.chance(0.12, "numbered empty rows"):
            for extra in range(self.random.randint(1, 8)):
                self._only_number(str(count + extra + 1))
        return self.grid

    def _head(self) -> None:
        texts: list[Value | None] = [c.heading for c in self.columns]
        groups = [c.group for c in self.columns]
        if any(groups):
            first = groups.index(next(g for g in groups if g))
            self.grid.rows.append(
                [
                    g if i == first else (None if g else t)
                    for i, (g, t) in enumerate(zip(groups, texts, strict=True))
                ]
            )
            self.grid.rows.append(
                [t if g else None for g, t in zip(groups, texts, strict=True)]
            )
            self.grid.merges.append((0, first, 1, first + 2))
            self.grid.merges += [
                (0, i, 2, i + 1) for i, g in enumerate(groups) if not g
            ]
            self.grid.heading_rows = 2
        else:
            self.grid.rows.append(texts)
        if self.chance(0.12, "column numbers"):
            form = self.random.choice(("({})", "{}", "[{}]"))
            self.grid.rows.append(
                [form.format(i + 1) for i in range(len(self.columns))]
            )
            self.grid.heading_rows += 1

    def _section(self, index: int) -> None:
        number, name = self.random.choice(FIELDS)
        lead = self.random.choice(("I.", "A-", "1)", "II.", "B.", "Lĩnh vực", "*"))
        word = self.random.choice(("Lĩnh vực ", "Về ", "LĨNH VỰC ", ""))
        if lead in ("Lĩnh vực", "1)", "*"):
            word, lead = "Lĩnh vực ", "" if lead == "Lĩnh vực" else lead
        text = f"{word}{name}"
        if word.isupper() or self.random.random() < 0.3:
            text = text.upper()
        width = len(self.columns)
        row: list[Value | None] = [""] * width
        way = self.random.random()
        at = self.at("title") or 0
        numbered = self.at("number")
        if way < 0.5:
            row = [f"{lead} {text}".strip(), *[None] * (width - 1)]
            self.grid.merges.append(
                (len(self.grid.rows), 0, len(self.grid.rows) + 1, width)
            )
        elif way < 0.8 and numbered is not None and lead not in ("", "*", "1)"):
            row[numbered], row[at] = lead, text
        else:
            row[at] = f"{lead} {text}".strip()
        self.grid.rows.append(row)
        self.field = number

    def _value(self, column: Column, work: dict[str, object]) -> str:
        key = column.key
        if key in EXTRAS:
            return self.words.extra(key)
        if key == "unit":
            return self._unit(work)
        if key == "field":
            number, name = self.random.choice(FIELDS)
            work["field"] = number
            return self.random.choice((name.capitalize(), f"Lĩnh vực {name}", name))
        if key == "progress":
            text, work["progress"] = self.random.choice(PROGRESS)
            return text
        makers = {
            "title": self.words.title,
            "method": self.words.method,
            "time": self.words.time,
            "expected_result": self.words.expected,
            "result": self.words.outcome,
        }
        return makers[key]()

    def _unit(self, work: dict[str, object]) -> str:
        if self.units:
            unit = self.random.choice(self.units)
            work["unit"] = unit.code
            return unit.name
        return self.random.choice(
            ("Hội LHPN", "Đoàn Thanh niên", "Khu phố 2", self.office.name)
        )

    def _work(self, number: int, style: str) -> None:
        work: dict[str, object] = {}
        row: list[Value | None] = []
        for column in self.columns:
            if column.key == "number":
                row.append(_number(number, style))
                continue
            text: Value = self._value(column, work)
            if column.key == "time" and self.chance(0.06, "date as date"):
                text = _dated(self.random)
            if column.key not in ("title", "unit", "field", "progress"):
                text = "" if self.chance(0.02, "empty cell") else text
            row.append(text)
        more = self._more_rows(row)
        for key in dict.fromkeys(c.key for c in self.columns):
            if key in EXTRAS or key in ("unit", "field", "progress"):
                continue
            texts = [
                shown(r[i])
                for i, c in enumerate(self.columns)
                if c.key == key
                for r in (row, *more)
            ]
            work[key] = "\n".join(t for t in texts if t)
        if self.kind == "results":
            for key in ("method", "time", "field"):
                work.pop(key, None)
        else:
            work.setdefault("field", self.field)
        self.grid.rows += [row, *more]
        self.truth.append(work)

    def _more_rows(self, row: list[Value | None]) -> list[list[Value | None]]:
        """Let a work go over several rows, by merges or by leaving its number away."""
        spread = [
            i
            for i, c in enumerate(self.columns)
            if c.key in ("method", "expected_result", "result")
        ]
        if (
            not spread
            or self.at("number") is None
            or not self.chance(0.06, "several rows")
        ):
            return []
        count = self.random.randint(1, 2)
        merged = self.chance(0.5, "merged rows")
        more: list[list[Value | None]] = []
        top = len(self.grid.rows)
        for _ in range(count):
            new: list[Value | None] = [None if merged else ""] * len(row)
            for column in spread:
                key = self.columns[column].key
                new[column] = (
                    self.words.filled(
                        self.random.choice(
                            ("{n} suất", "Vận động thêm {n} hộ", "{n} phần quà")
                        )
                    )
                    if key
                    else ""
                )
            more.append(new)
        if merged:
            for column in range(len(row)):
                if column not in spread:
                    self.grid.merges.append((top, column, top + 1 + count, column + 1))
        return more

    def _share_time(self, count: int) -> None:
        """Merge the time of two works that follow one another."""
        column = self.at("time")
        if self.kind != "registration" or column is None or self.columns[column].group:
            return
        bodies = [
            i
            for i, row in enumerate(self.grid.rows)
            if i >= self.grid.heading_rows and row[column] is not None
        ]
        touched = {r for m in self.grid.merges for r in range(m[0], m[2])}
        at = self.at("title") or 0
        for first, second in pairwise(bodies):
            rows = self.grid.rows
            texts = [shown(rows[r][at]) for r in (first, second)]
            known = {str(w["title"]): w for w in self.truth}
            if second != first + 1 or {first, second} & touched:
                continue
            if not all(t in known for t in texts) or not shown(rows[first][column]):
                continue
            rows[second][column] = None
            self.grid.merges.append((first, column, second + 1, column + 1))
            known[texts[1]]["time"] = shown(rows[first][column])
            return

    def _blank(self) -> None:
        self.grid.rows.append([""] * len(self.columns))

    def _total(self, count: int) -> None:
        row: list[Value | None] = [""] * len(self.columns)
        text = self.random.choice(
            ("Tổng cộng", "Cộng", f"Tổng cộng: {count:02} công trình")
        )
        row[self.at("title") or 0] = text
        self.grid.rows.append(row)

    def _only_number(self, number: str) -> None:
        column = self.at("number")
        row: list[Value | None] = [""] * len(self.columns)
        if column is not None:
            row[column] = number
        self.grid.rows.append(row)


def _number(number: int, style: str) -> Value:
    if style == "number":
        return Typed(number, "0", str(number))
    return {"01": f"{number:02}", "1.": f"{number}.", "(1)": f"({number})"}.get(
        style, str(number)
    )


def _dated(random: Random) -> Typed:
    day = date(2021, random.randint(5, 10), random.randint(1, 28))
    shape, pattern = random.choice(
        (("dd/mm/yyyy", "%d/%m/%Y"), ("d/m/yyyy", ""), ("dd-mm-yyyy", "%d-%m-%Y"))
    )
    text = day.strftime(pattern) if pattern else f"{day.day}/{day.month}/{day.year}"
    return Typed(day, shape, text)
