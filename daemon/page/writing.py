"""Values -> HTML: the templates, and what they may call. Every text is escaped.

It answers no request. The words stand in the templates and in words.toml.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from daemon.compose import sentence, word
from daemon.compose.clean import line, lines
from daemon.page.laid import laid
from daemon.page.told import told, waits
from daemon.page.visit import Visit

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
STYLE = (TEMPLATES / "style.css").read_bytes()
ICON = (TEMPLATES / "icon.svg").read_bytes()
#: htmx 2.0.11, as published; its licence (0BSD) lies beside it.
SCRIPT = (_HERE / "vendor" / "htmx-2.0.11.min.js").read_bytes()
#: Stands in the address, so that no browser keeps an old one.
_STYLE_KEY = sha256(STYLE).hexdigest()[:12]
_SCRIPT_KEY = sha256(SCRIPT).hexdigest()[:12]
#: Longer than any unit's or folder's name, shorter than what breaks a page.
_LONGEST = 200
#: So much of a cell stands in a list; the whole is in the file.
_CELL = 500


@dataclass(frozen=True, slots=True)
class Writer:
    """Renders for one office, with links below `prefix` and times in `zone`.

    `categories` and `units`: code -> what people call it.
    """

    prefix: str
    zone: tzinfo
    categories: Mapping[str, str]
    units: Mapping[str, str]
    exports: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def page(
        self, name: str, visit: Visit | None, code: int = 200, /, **shown: object
    ) -> HTMLResponse:
        """Return a page for its visitor; None: for somebody who is nobody yet."""
        template = _environment().get_template(name)
        text = template.render(
            prefix=self.prefix,
            style=_STYLE_KEY,
            script=_SCRIPT_KEY,
            user=visit.user if visit else None,
            logged_in=visit is not None and visit.session is not None,
            decides=visit is not None and visit.decides,
            csrf=visit.token if visit else "",
            moment=self.moment,
            category_name=lambda c: self.categories.get(c, c),
            unit_name=lambda c: self.units.get(c, c),
            exports=self.exports,
            **shown,
        )
        return HTMLResponse(text, code)

    def notice(self, code: int, key: str = "") -> HTMLResponse:
        """Return the page that says why there is nothing else (an HTTP status)."""
        known = _sentences()["notices"]
        which = next((k for k in (key, str(code)) if k in known), "other")
        title, text = known[which]["title"], known[which]["text"]
        shown = {"title": title, "text": text, "code": code, "key": key}
        return self.page("notice.html.j2", None, code, **shown)

    def moment(self, at: datetime, form: str = "%d/%m/%Y %H:%M") -> str:
        """Return a time as people of the office write it."""
        return at.astimezone(self.zone).strftime(form)


def refusal(key: str, **parameters: object) -> str:
    """Return the sentence that says why something was not done; words are put in."""
    shown = {name: _worded(name, value) for name, value in parameters.items()}
    return str(_sentences()["refusals"][key].format(**shown))


def said(key: str) -> str:
    """Return the sentence that says what was done, "" for a key that there is not."""
    return str(_sentences()["done"].get(key, ""))


def _worded(name: str, value: object) -> object:
    groups = {"reason": "reasons", "phase": "phases", "column": "columns"}
    return word(groups[name], str(value)) if name in groups and value else value


@cache
def _sentences() -> dict[str, dict[str, Any]]:
    text = (TEMPLATES / "sentences.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "word": lambda key, group: word(group, key),
        "line": lambda text: line(text, _LONGEST),
        "cell": lambda text: lines(text, _CELL),
        "sentence": sentence,
        "bytes": _bytes,
        "laid": laid,
        "told": told,
        "waits": waits,
    }
    return environment


def _bytes(count: int) -> str:
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= size:
            return f"{count / size:.1f}".replace(".", ",") + f" {unit}"
    return f"{count} byte"
