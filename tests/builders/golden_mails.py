"""Golden mails: `tests/golden/said-*` holds the facts, and what is said of them.

`python -m tests.builders.golden_mails` writes the bodies anew, to be looked at.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from daemon.compose import compose
from parsers.values.outbox import ComposedMail, Facts
from storage.jsontext import from_json
from tests.builders.answer import OFFICE, an_item, bodies

FOLDER = Path(__file__).parents[1] / "golden"
_TYPES = {kind.__name__: kind for kind in get_args(Facts)}


@dataclass(frozen=True, slots=True)
class Said:
    """One golden mail."""

    folder: Path

    @property
    def text(self) -> str:
        """Return the text that was found good."""
        return (self.folder / "mail.txt").read_text("utf-8")

    @property
    def html(self) -> str:
        """Return the HTML that was found good."""
        return (self.folder / "mail.html").read_text("utf-8")

    def composed(self) -> ComposedMail:
        """Return what is composed of the facts today."""
        told = json.loads((self.folder / "facts.json").read_text("utf-8"))
        facts = from_json(json.dumps(told["facts"]), _TYPES[told["type"]])
        return compose(an_item(facts, purpose=told["purpose"]), OFFICE)


def cases() -> list[str]:
    """Return the names of the cases."""
    return sorted(path.name for path in FOLDER.glob("said-*"))


def main() -> None:
    """Write the bodies of every case as they are composed today."""
    for name in cases():
        text, html = bodies(Said(FOLDER / name).composed())
        (FOLDER / name / "mail.txt").write_text(text, "utf-8")
        (FOLDER / name / "mail.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main()
