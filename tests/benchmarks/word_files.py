"""Word processors' files: CPU beside python-docx's call, and what a conversion takes.

python -m tests.benchmarks word_files
"""

import io
import random
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docx

from daemon.workbench.jobs import Need
from daemon.workbench.office import Converter, OfficeProgram
from daemon.workbench.workroom import Workroom
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document
from tests import neighbours
from tests.benchmarks.marks import Mark, Scale, figure
from tests.benchmarks.place import WrongError
from tests.builders.word_tables import a_random_table


def run(scale: Scale) -> list[Mark]:
    """Return the marks of .docx, .odt, .rtf and of a conversion of .doc."""
    count, rounds = scale.pick(40, 10, 120), scale.pick(5, 2, 9)
    rng = random.Random(41)
    files = [scale.folder / f"{n}.docx" for n in range(count)]
    for file in files:
        a_random_table(rng, file)
    made = {
        form: _converted(files, form, scale.folder) for form in ("odt", "rtf", "doc")
    }
    ours, theirs = [], []
    raws = [file.read_bytes() for file in files]
    for _ in range(rounds):
        theirs.append(_cpu(_python_docx, raws))
        ours.append(_cpu(_reader("docx"), raws))
    ratio = [a / b for a, b in zip(ours, theirs, strict=True)]
    marks = [
        Mark("4", "docx, CPU beside python-docx", "below 1", *figure(ratio, "", 2)),
        Mark("", "  a file, CPU", "", *figure(ours, " ms", 2)),
    ]
    for form in ("odt", "rtf"):
        raws = [file.read_bytes() for file in made[form]]
        costs = [_cpu(_reader(form), raws) for _ in range(rounds)]
        marks.append(Mark("", f"{form}, a file, CPU", "", *figure(costs, " ms", 2)))
    took = _conversions(made["doc"][: scale.pick(8, 3, 20)])
    marks.append(Mark("", "doc, a conversion, wall clock", "", *figure(took, " s", 2)))
    return marks


def _converted(files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    program = neighbours.tool("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", folder]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return [file.with_suffix(f".{form}") for file in files]


def _reader(kind: str) -> Callable[[bytes], None]:
    def read(raw: bytes) -> None:
        document = READERS[kind](raw, (), Limits())
        if not isinstance(document, Document) or len(document.tables) != 1:
            raise WrongError(f"a {kind} did not give its table")

    return read


def _python_docx(raw: bytes) -> None:
    document = docx.Document(io.BytesIO(raw))
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                assert isinstance(cell.text, str)
    for paragraph in document.paragraphs:
        assert isinstance(paragraph.text, str)


def _cpu(read: Callable[[bytes], None], raws: Sequence[bytes]) -> float:
    """Return milliseconds of processor time a file."""
    begun = time.process_time()
    for raw in raws:
        read(raw)
    return (time.process_time() - begun) / len(raws) * 1000


def _conversions(files: Sequence[Path]) -> list[float]:
    """Return the seconds that each file took, as the slow pool converts it."""
    room, took = Workroom(), []
    converter = Converter(OfficeProgram(), Limits())
    for file in files:
        begun = time.monotonic()
        need = Need("docx", "doc", file.stem, str(file))
        found = converter.convert(need, room.folder, room.folder())
        if isinstance(found, str):
            raise WrongError(f"not converted: {found}")
        took.append(time.monotonic() - begun)
    room.close()
    return took
