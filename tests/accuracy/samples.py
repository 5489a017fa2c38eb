"""Make all samples of one run: documents, and every file that writers make of them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.accuracy.convert import converted
from tests.accuracy.documents import a_register
from tests.accuracy.letters import letters
from tests.accuracy.mails import mails
from tests.accuracy.model import Doc, Truth
from tests.accuracy.negatives import a_negative
from tests.accuracy.odd_forms import an_odd
from tests.accuracy.offices import offices
from tests.accuracy.prints import for_print
from tests.accuracy.senders import configured, senders
from tests.accuracy.sheets import with_openpyxl, with_xlsxwriter, with_xlwt
from tests.accuracy.words import as_html, with_docx

#: What LibreOffice makes of workbooks and of Word files.
_OF_SHEETS = (
    "xls",
    "ods",
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
    "pdf",
    "html",
)
_OF_WORDS = ("doc", "odt", "rtf", "pdf", "html")


@dataclass
class Sample:
    """One file, who wrote it, and what must be read of it."""

    path: Path
    writer: str
    truth: Truth
    tags: list[str]


def documents(random: Random, count: int) -> list[Doc]:
    """Return `count` documents: registers, reports, and a third that is neither."""
    choices = offices()
    made = []
    for number in range(count):
        office, way = random.choice(choices), random.random()
        if way < 0.25:
            made.append(an_odd(random, office, f"od{number:05}"))
        elif way < 0.5:
            made.append(a_register(random, office, "registration", f"dk{number:05}"))
        elif way < 0.65:
            made.append(a_register(random, office, "results", f"kq{number:05}"))
        else:
            made.append(a_negative(random, office, f"xx{number:05}"))
    return made


def written(
    docs: list[Doc], folder: Path, random: Random, office: bool
) -> Iterator[Sample]:
    """Write the documents in every way; `office` has LibreOffice convert some."""
    for doc in docs:
        flows = "no sheet" in doc.tags
        writers = {"openpyxl": with_openpyxl, "xlsxwriter": with_xlsxwriter}
        name = random.choice(list(writers))
        path = _place(folder, name, doc.name, "xlsx")
        if not flows:
            writers[name](doc, path)
            yield Sample(path, f"{name} xlsx", doc.truth, doc.tags)
            path = _place(folder, "xlwt", doc.name, "xls")
            with_xlwt(doc, path)
            yield Sample(path, "xlwt xls", doc.truth, doc.tags)
            for_print(doc, _place(folder, "prints", doc.name, "xlsx"))
        path = _place(folder, "docx", doc.name, "docx")
        with_docx(doc, path)
        yield Sample(path, "python-docx docx", doc.truth, doc.tags)
        path = _place(folder, "html", doc.name, "html")
        path.write_text(as_html(doc, random), encoding="utf-8")
        yield Sample(path, "own html", doc.truth, doc.tags)
    yield from mails(docs, folder / "mail", random)
    everyone = offices()
    known = everyone[::2]
    sent = folder / "senders"
    sent.mkdir(parents=True, exist_ok=True)
    configured(sent, known)
    for path, truth, tag in senders(random, sent, known, everyone, len(docs) // 2):
        yield Sample(path, "stdlib mail, attached", truth, [tag])
    for path, truth, tag in letters(
        random, folder / "letters", offices(), len(docs) // 3
    ):
        yield Sample(path, "stdlib mail, letters", truth, [tag])
    if office and shutil.which("soffice"):
        yield from _of_office(docs, folder)


def _place(folder: Path, writer: str, name: str, ending: str) -> Path:
    (folder / writer).mkdir(parents=True, exist_ok=True)
    return folder / writer / f"{name}.{ending}"


def _of_office(docs: list[Doc], folder: Path) -> Iterator[Sample]:
    by_name = {doc.name: doc for doc in docs}
    sources = {
        "xlsx": [
            p
            for w in ("openpyxl", "xlsxwriter")
            for p in sorted((folder / w).glob("*.xlsx"))
        ],
        "docx": sorted((folder / "docx").glob("*.docx")),
    }
    for source, kinds in (("xlsx", _OF_SHEETS), ("docx", _OF_WORDS)):
        for kind in kinds:
            ending = kind.partition(":")[0]
            files = sources[source]
            if ending == "pdf" and source == "xlsx":
                # What is clipped or cut over pages on paper nobody could read.
                files = sorted((folder / "prints").glob("*.xlsx"))
            if ending == "csv":
                files = [f for f in files if len(by_name[f.stem].sheets) == 1]
            for path in converted(files, kind, folder / f"lo-{source}-{ending}"):
                doc = by_name[path.stem]
                if ending in ("html", "pdf") and "hidden row" in doc.tags:
                    # What a sheet hides is not written there.
                    continue
                yield Sample(
                    path, f"{source} > LibreOffice {ending}", doc.truth, doc.tags
                )
