"""The house against its plan: who imports whom, sizes, broad excepts, names."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("daemon", "parsers", "storage", "config")
PURE = (
    "daemon/decide",
    "daemon/compose",
    "daemon/export",
    "daemon/schedule",
    "daemon/people.py",
)

#: Room -> our own rooms that it may import (longest prefix of a path counts).
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "parsers": ("parsers",),
    "config": ("config", "parsers.values"),
    "storage": ("storage", "parsers.values", "parsers.errors"),
    "daemon": ("daemon", "storage", "parsers"),
    "daemon/commands": ("daemon", "storage", "parsers", "config"),
    "daemon/__main__.py": ("daemon", "storage", "parsers", "config"),
    "daemon/decide": ("daemon.decide", "parsers"),
    "daemon/compose": ("daemon.compose", "daemon.export", "parsers"),
    "daemon/export": ("daemon.export", "daemon.compose", "parsers"),
    "daemon/schedule": ("daemon.schedule", "daemon.decide", "parsers"),
    "daemon/people.py": ("daemon.decide", "daemon.people", "parsers"),
}

#: Foreign module -> the only places that may import it.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "imapclient": ("daemon/mailbox",),
    "imaplib": ("daemon/mailbox",),
    "smtplib": ("daemon/dispatch.py",),
    "subprocess": ("daemon/workbench",),
    "multiprocessing": ("daemon/workbench",),
    "socket": ("daemon",),
}

#: The four places of DESIGN.md 6, each with its paragraph beside it.
BROAD = {
    "daemon/workbench/child.py",
    "daemon/intake.py",
    "daemon/dispatch.py",
    "daemon/loop.py",
}


def sources() -> list[Path]:
    return [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py"))]


def names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def rule_for(relative: str) -> tuple[str, ...]:
    fitting = [k for k in MAY_IMPORT if relative == k or relative.startswith(k + "/")]
    return MAY_IMPORT[max(fitting, key=len)]


def within(name: str, allowed: str) -> bool:
    return name == allowed or name.startswith(allowed + ".")


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_that_it_may_know(path: Path) -> None:
    relative = path.relative_to(ROOT).as_posix()
    allowed = rule_for(relative)
    for name in names(ast.parse(path.read_text("utf-8"))):
        top = name.split(".")[0]
        assert top != "tests"
        if top in ROOMS:
            assert any(within(name, a) for a in allowed), f"{relative} imports {name}"
        places = ONLY_IN.get(top)
        if places:
            fits = any(relative == p or relative.startswith(p + "/") for p in places)
            assert fits, f"{relative} imports {name}"
        if top == "socket":
            assert not relative.startswith(PURE), f"{relative} imports {name}"


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    assert path.stem not in {"utils", "helpers", "common", "manager", "base"}
    assert path.stem.startswith("__") or not_of_the_library(path)
    for function in functions(ast.parse(text)):
        assert function.end_lineno is not None
        assert function.end_lineno - function.lineno <= 60, function.name
        given = [*function.args.posonlyargs, *function.args.args]
        given += function.args.kwonlyargs
        counted = [a for a in given if a.arg not in ("self", "cls")]
        assert len(counted) <= 6, function.name


def not_of_the_library(path: Path) -> bool:
    # A top-level file named like the standard library's would hide it from scripts.
    inner = len(path.relative_to(ROOT).parts) > 2
    return inner or path.stem not in sys.stdlib_module_names


def test_broad_excepts_stand_in_their_four_places_only() -> None:
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler) and is_broad(node.type):
                found.add(path.relative_to(ROOT).as_posix())
    assert found <= BROAD


def is_broad(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    words = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(
        isinstance(w, ast.Name) and w.id in ("Exception", "BaseException")
        for w in words
    )
