"""README and its neighbours against the code: nothing promised, nothing forgotten."""

import dataclasses
import importlib.metadata
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from config import options
from daemon.commands import arguments
from parsers.values.decision import MessageState, Reason, SubmissionState, Trust
from parsers.values.finding import CATALOGUE
from parsers.values.limits import Limits
from parsers.values.outbox import ItemState, WaitReason

ROOT = Path(__file__).resolve().parents[3]
GUIDES = ("README.md", "README.vi.md")
PAGES = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = (
    "**Context.**",
    "**Decision.**",
    "**Consequences.**",
    "**What would change our mind.**",
)

#: Field of config.options -> the key in the file, where they differ; None: no key.
KEYS: dict[tuple[str, str], str | None] = {
    ("Mailbox", "password"): "password_file",
    ("Smtp", "password"): "password_file",
    ("Smtp", "sender"): "from",
    ("Web", "host"): "bind",
    ("Web", "port"): "bind",
    ("Settings", "file"): None,
    ("Settings", "campaigns"): None,
    ("Settings", "campaign_files"): "campaign",
}
#: Tables of the file, by the class that holds their values.
TABLES = {
    "Mailbox": "mailboxes",
    "Trust": "trust",
    "Answers": "answers",
    "Smtp": "smtp",
    "Reminders": "reminders",
    "Digest": "digest",
    "Alerts": "alerts",
    "Retention": "retention",
    "Web": "web",
    "Storage": "storage",
    "Workers": "workers",
    "Documents": "documents",
}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def sections(text: str) -> dict[str, str]:
    """Return heading -> what stands below it, up to the next heading."""
    pieces = re.split(r"^#{2,3} +(.+)$", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def tables(text: str, first_cell: str) -> list[dict[str, list[str]]]:
    """Return the tables whose heading begins with `first_cell`.

    Each is first cell (backticks taken off) -> the other cells.
    """
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        head, _, *lines = block.splitlines()
        if not head.startswith(f"| {first_cell} |"):
            continue
        cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
        table = {first.strip("`"): rest for first, *rest in cells}
        assert len(table) == len(lines), "a row stands there twice"
        found.append(table)
    return found


def the_table(text: str, first_cell: str) -> dict[str, list[str]]:
    (table,) = tables(text, first_cell)
    return table


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("message state", get_args(MessageState)),
        ("reason", get_args(Reason)),
        ("trust of the sender", get_args(Trust)),
        ("submission state", get_args(SubmissionState)),
        ("outbox state", get_args(ItemState)),
        ("outbox reason", get_args(WaitReason)),
    ],
)
def test_every_state_and_reason_has_its_row(
    heading: str, words: tuple[str, ...]
) -> None:
    table = the_table(text_of("README.md"), heading)
    missing = [w for w in words if not all(table.get(w, [""]))]
    assert not missing


def test_no_row_names_a_reason_that_there_is_not() -> None:
    table = the_table(text_of("README.md"), "reason")
    assert set(table) == set(get_args(Reason))


def test_every_finding_has_its_row_with_severity_and_audience() -> None:
    table = the_table(text_of("README.md"), "code")
    assert set(table) == set(CATALOGUE)
    for code, (severity, audience) in CATALOGUE.items():
        weight, means, what_to_do = table[code]
        assert weight == f"{severity}, {audience}", code
        assert means, code
        assert what_to_do, code


def test_every_finding_has_its_sentence() -> None:
    text = text_of("daemon/compose/templates/findings.toml")
    sentences = tomllib.loads(text)["sentences"]
    assert set(sentences) == set(CATALOGUE)
    assert all(sentence.strip() for sentence in sentences.values())


def option_keys() -> Iterator[tuple[str, str]]:
    """Yield (table, key) of everything that may be configured; "" is the top."""
    for name in (*TABLES, "Settings"):
        kind = getattr(options, name)
        for field in dataclasses.fields(kind):
            key = KEYS.get((name, field.name), field.name)
            if key is not None:
                yield TABLES.get(name, ""), key
    for field in dataclasses.fields(Limits):
        yield "limits", field.name


@pytest.mark.parametrize(("table", "key"), sorted(set(option_keys())))
def test_every_option_stands_in_the_example_file(table: str, key: str) -> None:
    # Keys that would be a fault beside others are shown behind a `#`.
    example = text_of("config/hopthu.example.toml")
    top, *tables = re.split(r"^\[+(\w+)\]+$", example, flags=re.MULTILINE)
    pieces = {"": top + "".join(f"\n{name} =" for name in tables[::2])}
    for name, body in zip(tables[::2], tables[1::2], strict=True):
        pieces[name] = pieces.get(name, "") + body
    assert re.search(rf"^(?:# )?{key} *=", pieces[table], flags=re.MULTILINE)


def packages(listed: list[str]) -> list[str]:
    return [re.split(r"[\[<>=!~; ]", one)[0] for one in listed]


def direct() -> list[str]:
    project = tomllib.loads(text_of("pyproject.toml"))
    return packages(
        [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    )


def locked() -> list[str]:
    lock = text_of("requirements.lock")
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, flags=re.MULTILINE)


def named_packages() -> dict[str, list[str]]:
    listed = tables(text_of("README.md"), "package")
    assert len(listed) == 3
    return {name.lower(): cells for one in listed for name, cells in one.items()}


#: None of these forbids commercial or closed use of what merely uses the package.
FREE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
CLASSIFIED = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-",
    "License :: OSI Approved :: MIT License": "MIT",
}


def declared(package: str) -> list[str]:
    """Return how the licences begin that a package's own metadata names."""
    told = importlib.metadata.metadata(package)
    expressions: list[str] = told.get_all("License-Expression", [])
    if expressions:
        return expressions
    classifiers: list[str] = told.get_all("Classifier", [])
    found = [CLASSIFIED[c] for c in classifiers if c in CLASSIFIED]
    # Some put the whole text there; then the classifier says it.
    return found or [one for one in told.get_all("License", []) if one in FREE]


@pytest.mark.parametrize("package", sorted({n.lower() for n in (*direct(), *locked())}))
def test_every_dependency_is_named_with_its_licence_and_reason(package: str) -> None:
    licence, reason = named_packages()[package]
    parts = {one.strip() for one in re.split(" or | and ", licence)}
    assert parts <= FREE
    assert reason
    for told in declared(package):
        first = re.split(" OR | AND ", told)[0]
        assert any(one.startswith(first) for one in parts)


def test_the_packages_say_their_licences_themselves() -> None:
    silent = {n for n in (*direct(), *locked()) if not declared(n)}
    # Their licences stand in their texts only: the three clauses of the BSD licence;
    # the waiver of Creative Commons; a list of what the library is made of; the
    # MIT text; the three clauses under another name.
    assert silent <= {
        "axe-playwright-python",
        "imapclient",
        "libarchive-c",
        "protobuf",
        "pypdfium2",
    }


def test_no_package_is_named_that_is_not_used() -> None:
    used = {name.lower() for name in (*direct(), *locked())}
    assert set(named_packages()) <= used


def command_lines(text: str) -> Iterator[list[str]]:
    """Yield the arguments of every `hopthu …` that the text shows."""
    fenced = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`(hopthu [^`]+)`", text)
    for line in [*"\n".join(fenced).splitlines(), *spans]:
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words = words[1:]
        if words and words[0].rpartition("/")[2] == "hopthu":
            yield words[1:]


def test_the_guides_show_commands_at_all() -> None:
    for guide in GUIDES:
        assert len(list(command_lines(text_of(guide)))) > 20


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_a_guide_is_understood(
    guide: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = []
    for words in command_lines(text_of(guide)):
        if words[-1] in ("--help", "COMMAND"):
            continue
        try:
            arguments.parse(words)
        except SystemExit:
            wrong.append((words, capsys.readouterr().err))
    assert not wrong


def test_a_command_that_there_is_not_would_be_noticed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (words,) = command_lines("`hopthu forward 15`")
    with pytest.raises(SystemExit):
        arguments.parse(words)


def test_every_command_is_explained() -> None:
    table = the_table(text_of("README.md"), "command")
    explained = {cell.split()[1] for cell in table if cell.startswith("hopthu ")}
    assert explained == set(arguments.COMMANDS)


def test_make_knows_every_target_that_the_guides_name() -> None:
    makefile = text_of("Makefile")
    for guide in (
        *GUIDES,
        "CHANGELOG.md",
        *(f"docs/decisions/{p.name}" for p in PAGES),
    ):
        for target in re.findall(
            r"(?:^|`)make ([a-z-]+)", text_of(guide), re.MULTILINE
        ):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_of_the_flow_is_there() -> None:
    text = text_of("docs/flow.md")
    named = re.findall(r"`((?:daemon|parsers|storage|config)/[\w/.-]+)`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert text.count("\n") <= 60
    # Names without a folder stand beside one that has it; somewhere they must be.
    bare = re.findall(r"`(\w+\.py)`", text)
    known = {p.name for room in arguments_rooms() for p in room.rglob("*.py")}
    assert set(bare) <= known


def arguments_rooms() -> list[Path]:
    return [ROOT / room for room in ("daemon", "parsers", "storage", "config")]


def test_links_between_the_pages_lead_somewhere() -> None:
    for guide in (*GUIDES, "CHANGELOG.md"):
        text = text_of(guide)
        anchors = {
            re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in sections(text)
        }
        for target in re.findall(r"\]\(([^)]+)\)", text):
            if target.startswith("#"):
                assert target[1:] in anchors, target
            else:
                assert (ROOT / target).exists(), target


def test_decisions_are_numbered_without_gaps_and_whole() -> None:
    assert [int(p.name[:4]) for p in PAGES] == list(range(1, len(PAGES) + 1))
    for page in PAGES:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        places = [text.find(part) for part in PARTS]
        assert -1 not in places, page.name
        assert places == sorted(places), page.name


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    first = re.search(r"^## (\S+)", text_of("CHANGELOG.md"), flags=re.MULTILINE)
    assert first is not None
    assert first[1] == version
