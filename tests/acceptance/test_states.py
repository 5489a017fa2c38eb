"""CONTRACT.md section 5 by one pass over a real mailbox: a mail for every row."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import World, a_world, imap, smtp
from tests.builders.letters import Posted, a_letter
from tests.neighbours.dovecot import Dovecot
from tests.neighbours.sink import Sink, listening

TABLE = tomllib.loads(Path(__file__).with_name("states.toml").read_text("utf-8"))
ROWS: list[dict[str, Any]] = TABLE["mail"]
NAMES = [row["name"] for row in ROWS]
_WORDS = {f.name for f in fields(Posted)}


@dataclass(frozen=True)
class Seen:
    """The mailbox after one pass."""

    world: World
    messages: dict[str, dict[str, Any]]
    outbox: dict[int, list[dict[str, Any]]]
    sent: int
    code: int
    err: str


@cache
def _mail(name: str) -> bytes:
    return _raw(next(row for row in ROWS if row["name"] == name))


def _raw(row: dict[str, Any]) -> bytes:
    if "again" in row:
        header = "".join(f"{k}: {v}\r\n" for k, v in row["headers"].items())
        return header.encode() + _mail(row["again"])
    posted = Posted(**{k: v for k, v in row.items() if k in _WORDS})
    mark = f"X-Row: {NAMES.index(row['name'])}\r\n".encode()
    return mark + a_letter(posted)


@pytest.fixture(scope="module")
def seen(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One pass over every mail of the table, twice over where it says so."""
    folder = tmp_path_factory.mktemp("states")
    uids: dict[int, str] = {}
    uid = 0
    for row in ROWS:
        received = row.get("received", Posted().received)
        for _ in range(1 + row.get("twice", False)):
            uid += 1
            dovecot.append("states", _mail(row["name"]), received)
            uids.setdefault(uid, row["name"])
    with listening(Sink(), folder) as sink:
        world = a_world(
            folder,
            doors=imap(dovecot.port, "states", folder, 'since = "2021-04-01"\n'),
            more=smtp(sink.port, 'first_pass = "hold"\n')
            + "[limits]\nmessage_mib = 1\n",
            without=("P12", "P13", "P14"),
            shared="pgd@quan3.example=TH-06,TH-07,TH-08",
        )
        ran = world.run("poll")
        lines = world.json("messages", "messages")["messages"]
        items = world.json("outbox", "outbox")["items"]
        by_message: dict[int, list[dict[str, Any]]] = {}
        for item in items:
            by_message.setdefault(item["message"], []).append(item)
        named = {uids[line["uid"]]: line for line in lines}
        yield Seen(world, named, by_message, len(sink.caught), ran.code, ran.err)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_mail_ends_as_the_table_of_states_says(
    seen: Seen, row: dict[str, Any]
) -> None:
    line = seen.messages[row["name"]]
    items = seen.outbox.get(line["id"], [])
    purposes = [item["purpose"] for item in items]

    assert (line["state"], line["reason"]) == (row["state"], row.get("reason"))
    assert purposes == ([row["purpose"]] if "purpose" in row else [])
    assert line["answered"] is False


@pytest.mark.parametrize(
    "row", [r for r in ROWS if {"version", "finding"} & set(r)], ids=lambda r: r["name"]
)
def test_the_stored_version_is_as_the_table_of_states_says(
    seen: Seen, row: dict[str, Any]
) -> None:
    ident = seen.messages[row["name"]]["id"]
    shown = seen.world.json("show", "show", str(ident))
    versions = shown["submissions"]
    codes = {f["code"] for f in shown["reading"]["findings"]}

    assert [v["state"] for v in versions] == [
        row["version"] for _ in range("version" in row)
    ]
    assert [len(v["rows"]) for v in versions] == [
        row["rows"] for _ in range("version" in row)
    ]
    assert "finding" not in row or row["finding"] in codes
