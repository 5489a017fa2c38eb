"""The templates of mails, loaded once; text and HTML by the file's name."""

from functools import cache
from typing import TYPE_CHECKING

from daemon.compose.wording import TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@cache
def template(name: str) -> "Template":
    """Return one template; in those of HTML every value is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> "Environment":
    # Loaded with the first mail that is composed: most commands write none.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
