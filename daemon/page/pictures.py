"""Pages of scans and PDF files, drawn anew in a child: a picture of ours, not theirs.

No byte of the file itself is shown.
"""

from starlette.responses import Response

from daemon.page.files import found_file, payload_of
from daemon.page.gate import Desk
from daemon.page.message_page import DRAWN
from daemon.page.visit import Visit
from parsers.values.preview import Preview

#: Pixels across: as wide as the page's own text.
_WIDTH = 1200
#: Nobody looks further than a reader does.
_LAST = 200


def view(desk: Desk, visit: Visit) -> Response:
    """Return the page on which one page of a file is looked at."""
    shown, file = found_file(desk, visit)
    if shown is None or file is None or file.type not in DRAWN:
        return desk.notice(404)
    return desk.writer.page(
        "view.html.j2",
        visit,
        line=shown.found.line,
        file=file,
        number=min(visit.number("page"), _LAST),
        last=_LAST,
    )


def draw(desk: Desk, visit: Visit) -> Response:
    """Return one page of a file as a PNG; 404 where there is none to be drawn."""
    shown, file = found_file(desk, visit)
    word = visit.named("page")
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0
    if shown is None or file is None or not 1 <= number <= _LAST:
        return desk.notice(404)
    payload = payload_of(desk, shown, file) if file.type in DRAWN else None
    if payload is None:
        return desk.notice(404)
    kind = "pdf" if file.type == "pdf" else "picture"
    wish = Preview(kind, number - 1, width=_WIDTH)
    drawn = desk.parts.readers.picture(payload, wish)
    if isinstance(drawn, str):
        return desk.notice(404, "undrawn")
    return Response(drawn, media_type="image/png")
