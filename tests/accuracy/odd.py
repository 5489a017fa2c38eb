"""Layouts that offices use beside the plain table: forms, lists, a parent's list, …"""

from dataclasses import dataclass, field
from random import Random

from tests.accuracy import wordings
from tests.accuracy.content import Words
from tests.accuracy.documents import TITLES
from tests.accuracy.model import Block, Lines, Value
from tests.accuracy.offices import Office, letterhead, signatures

KEYS = ("number", "title", "method", "time", "expected_result")
FORM = (
    "STT",
    "Tên công trình",
    "Hình thức thực hiện",
    "Thời gian thực hiện",
    "Dự kiến kết quả (hiệu quả, số lượng đạt được)",
)
Work = dict[str, object]


@dataclass
class Odd:
    """What a maker fills: blocks of the document, and what must be read."""

    random: Random
    office: Office
    words: Words
    blocks: list[Block] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    provable: bool = True

    def work(self, number: object = "", **given: object) -> Work:
        made: Work = {
            "number": None if number is None else str(number),
            "title": self.words.title(),
            "method": self.words.method(),
            "time": self.words.time(),
            "expected_result": self.words.expected(),
        }
        made.update(given)
        return made

    def row(self, work: Work) -> list[Value | None]:
        return [str(work[key]) for key in KEYS]

    def heads(self) -> list[Value | None]:
        some = wordings
        choices = (some.NUMBER, some.TITLE, some.METHOD, some.TIME, some.EXPECTED)
        if self.random.random() < 0.5:
            return list(FORM)
        return [
            wordings.disfigured(self.random.choice(c), self.random) for c in choices
        ]

    def title(self) -> None:
        if self.random.random() < 0.85:
            self.blocks.append(letterhead(self.office, self.random))
        else:
            self.provable = False
        lines = self.random.choice(TITLES["registration"])
        self.blocks.append(Lines(list(lines), centred=True))

    def end(self) -> None:
        if self.random.random() < 0.7:
            self.blocks.append(signatures(self.office, self.random))
