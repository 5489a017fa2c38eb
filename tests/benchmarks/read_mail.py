"""What one mail costs a reader child, in CPU, and which stage costs it.

    python -m tests.benchmarks.read_mail [--quick | --full]

Every mail is read once, so that no cache knows it; the child's start is apart.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from daemon.commands.arguments import Common
from daemon.commands.office import read_desk
from parsers.attachments import Opener
from parsers.bodytext import body_text
from parsers.message import parse
from parsers.reading import Reader
from parsers.registrations import recognise, wordings_of
from parsers.values.reading import Rules
from tests.benchmarks.corpus import NOW, ROWS, Corpus, make
from tests.benchmarks.marks import Mark, Scale, figure, table
from tests.benchmarks.place import WrongError

_STAGES = ("header and parts", "attachments", "body text", "tables", "the rest")


@dataclass(slots=True)
class _Found:
    """CPU milliseconds a mail, one a round: of the whole, and of each stage."""

    whole: list[float] = field(default_factory=list)
    stages: list[list[float]] = field(default_factory=lambda: [[] for _ in _STAGES])
    built: list[float] = field(default_factory=list)


def run(scale: Scale) -> list[Mark]:
    """Return CPU milliseconds a mail, by stage, and what a reader costs to build."""
    count, rounds = scale.pick(400, 80, 1200), scale.pick(3, 1, 5)
    rules = read_desk(Common(None, NOW, "bench", None), shipped=True).rules
    found = _Found()
    for number in range(rounds):
        corpus = make(scale.folder / f"{number}", count, seed=number)
        _measure(corpus, rules, found)
    whole = Mark("", "one mail read, CPU", "", *figure(found.whole, " ms", 2))
    stages = [
        Mark("", f"  {name}", "", *figure(values, " ms", 2))
        for name, values in zip(_STAGES, found.stages, strict=True)
    ]
    built = Mark("", "a reader built, CPU", "", *figure(found.built, " ms", 0))
    return [whole, *stages, built]


def _measure(corpus: Corpus, rules: Rules, found: _Found) -> None:
    every = [corpus.raw(mail) for mail in corpus.mails]
    # The stages have mails of their own: what was read before costs less again.
    raws, others = every[: len(every) // 2], every[len(every) // 2 :]
    readers: list[Reader] = []
    found.built.append(_cpu(lambda: readers.append(Reader(rules))))
    reader = readers[0]
    # As the child does: what was built is never looked through again.
    gc.freeze()
    rows: list[int] = []

    def read_all() -> None:
        rows.extend(len(reader.read_message(raw).registrations) for raw in raws)

    found.whole.append(_cpu(read_all) / len(raws))
    if sum(rows) != ROWS * len(raws):
        raise WrongError(f"{sum(rows)} rows of {ROWS * len(raws)} were read")
    stages = _stages(others, rules)
    # Names of units, and putting it together; all else was measured by itself.
    stages.append(found.whole[-1] - sum(stages))
    for values, cost in zip(found.stages, stages, strict=True):
        values.append(cost)


def _stages(raws: Sequence[bytes], rules: Rules) -> list[float]:
    """Return CPU milliseconds a mail of each stage but the rest, one by one."""
    words = wordings_of(rules)
    opener = Opener(rules.limits, {}, lambda path: None)
    costs = [0.0] * (len(_STAGES) - 1)
    for raw in raws:
        marks = [time.process_time()]
        parsed = parse(raw, rules)
        marks.append(time.process_time())
        opened = opener.open_all(parsed.parts)
        marks.append(time.process_time())
        body = body_text(opened.body, parsed.message.subject)
        marks.append(time.process_time())
        hints = [line for line in (parsed.message.subject, body.reply) if line]
        recognise(opened.documents, rules, words, hints, body.forwarded)
        marks.append(time.process_time())
        for stage in range(len(costs)):
            costs[stage] += marks[stage + 1] - marks[stage]
    return [cost / len(raws) * 1000 for cost in costs]


def _cpu(what: Callable[[], object]) -> float:
    """Return the CPU milliseconds that `what` takes."""
    start = time.process_time()
    what()
    return (time.process_time() - start) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.read_mail")
    parser.add_argument("--quick", action="store_true", help="few mails, one round")
    parser.add_argument("--full", action="store_true", help="more mails, five rounds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-") as folder:
        print(table(run(Scale(Path(folder), given.quick, given.full))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
