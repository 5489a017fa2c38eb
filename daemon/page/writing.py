"""Values -> HTML: the templates, and what they may call. Every text is escaped.

It answers no request. The words stand in the templates and in words.toml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from daemon.compose import word
from daemon.compose.clean import line
from storage.status import Status, UnitStatus, totals

TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "style.css").read_bytes()
#: Stands in the address, so that no browser keeps an old one.
_STYLE_KEY = sha256(STYLE).hexdigest()[:12]
#: Longer than any unit's or folder's name, shorter than what breaks a page.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one category, in the order of the status, and their sums."""

    name: str
    units: tuple[UnitStatus, ...]
    totals: dict[str, int]


@dataclass(frozen=True, slots=True)
class Writer:
    """Renders for one office, with links below `prefix` and times in `zone`.

    `categories`: code -> what people call it.
    """

    prefix: str
    zone: tzinfo
    categories: Mapping[str, str]

    def table(self, status: Status, faults: Sequence[str], fresh: bool) -> str:
        """Return the whole page of the status table, its red light on top."""
        return self._render(
            "status.html.j2",
            status=status,
            groups=grouped(status.units, self.categories),
            faults=[fault.partition(": ")[::2] for fault in faults],
            fresh=fresh,
            moment=lambda at, form: at.astimezone(self.zone).strftime(form),
        )

    def notice(self, code: int) -> str:
        """Return the page that says why there is no table (an HTTP status)."""
        return self._render("notice.html.j2", code=code)

    def _render(self, name: str, **shown: object) -> str:
        template = _environment().get_template(name)
        return template.render(prefix=self.prefix, style=_STYLE_KEY, **shown)


def grouped(
    units: Sequence[UnitStatus], categories: Mapping[str, str]
) -> tuple[Group, ...]:
    """Return the units by category, in the order in which they come."""
    found: dict[str, list[UnitStatus]] = {}
    for unit in units:
        found.setdefault(unit.category, []).append(unit)
    return tuple(
        Group(categories.get(code, code), tuple(some), totals(some))
        for code, some in found.items()
    )


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
    environment.filters["word"] = lambda key, group: word(group, key)
    environment.filters["line"] = lambda text: line(text, _LONGEST)
    return environment
