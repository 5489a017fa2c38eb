"""OpenDocument texts cut by hand, as other writers than LibreOffice leave them."""

from tests.builders.package import a_zip

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_NS}{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    )
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def an_odt(body: str, automatic: str = "", styles: str = "") -> bytes:
    """Return a text with `body`; `automatic` styles, `styles` all of styles.xml."""
    return a_zip(
        {
            "mimetype": MIMETYPE,
            "content.xml": root("document-content", _inside(body, automatic)),
            "styles.xml": root("document-styles", styles),
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def a_fodt(body: str, automatic: str = "") -> bytes:
    """Return the same in one file."""
    inside = _inside(body, automatic)
    return root(f'document office:mimetype="{MIMETYPE}"', inside).encode()


def _inside(body: str, automatic: str) -> str:
    return (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )


def root(name: str, inside: str) -> str:
    end = name.split()[0]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {_SPACES}>{inside}'
        f"</office:{end}>"
    )


def o_p(text: str, attributes: str = "") -> str:
    return f"<text:p {attributes}>{text}</text:p>"


def o_cell(text: str, attributes: str = "") -> str:
    inner = text if text.startswith("<") else o_p(text)
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def o_row(*cells: str, attributes: str = "") -> str:
    inner = "".join(c if c.startswith("<") else o_cell(c) for c in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def o_table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"
