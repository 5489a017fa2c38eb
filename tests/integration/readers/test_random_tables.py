"""Random tables with merges come back whole from every format of word processors."""

import random
import subprocess
from pathlib import Path

import pytest

from parsers.filetype import found_type
from parsers.readers.by_type import READERS
from parsers.values.limits import Limits
from parsers.values.table import Document
from tests import neighbours
from tests.builders.reading import outline, texts
from tests.builders.word_tables import Truth, a_random_table

COUNT = 40
#: What is asked of LibreOffice, by the format that is read.
WAYS = {
    "docx": ("docx:MS Word 2007 XML",),
    "odt": ("odt",),
    "fodt": ("fodt",),
    "rtf": ("rtf",),
    "doc": ("doc:MS Word 97", "docx:MS Word 2007 XML"),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Truth]]:
    folder = tmp_path_factory.mktemp("tables")
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    return folder, [a_random_table(rng, folder / f"{n}.docx") for n in range(COUNT)]


def convert(sources: list[Path], form: str, out: Path) -> list[Path]:
    program = neighbours.tool("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{out.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", out]
    subprocess.run([*command, *sources], check=True, capture_output=True, timeout=300)
    return [out / f"{s.stem}.{form.partition(':')[0]}" for s in sources]


def read(path: Path) -> Document:
    payload = path.read_bytes()
    document = READERS[found_type(payload, None)](payload, (path.name,), Limits())
    assert isinstance(document, Document)
    return document


def hold(document: Document, truth: Truth) -> None:
    (table,) = document.tables
    assert texts(table) == truth.texts
    assert frozenset(table.merged) == truth.merged
    first, _, last = outline(document)
    assert (first, last) == ("trước", "sau")


def test_what_python_docx_wrote_is_read(tables: tuple[Path, list[Truth]]) -> None:
    folder, truths = tables
    for number, truth in enumerate(truths):
        hold(read(folder / f"{number}.docx"), truth)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_what_libreoffice_made_of_it_is_read(
    way: str, tables: tuple[Path, list[Truth]], tmp_path: Path
) -> None:
    folder, truths = tables
    files = [folder / f"{number}.docx" for number in range(COUNT)]
    for number, form in enumerate(WAYS[way]):
        files = convert(files, form, tmp_path / f"{number}")
    for file, truth in zip(files, truths, strict=True):
        hold(read(file), truth)
