"""Files for the office: what `hopthu export` writes, sent as it is made.

It builds no file; `daemon.export` does.
"""

from starlette.responses import Response

from daemon.export.csv_file import csv_bytes
from daemon.page.gate import Desk
from daemon.page.visit import Visit
from storage.consolidated import ExportRow, registration_rows

#: What can be had, and in which forms.
EXPORTS: tuple[tuple[str, tuple[str, ...]], ...] = (("registrations", ("csv",)),)


def export(desk: Desk, visit: Visit) -> Response:
    """Return a file of the campaign; 404 for one that there is not."""
    what, _, ending = visit.named("file").partition(".")
    if ending not in dict(EXPORTS).get(what, ()):
        return desk.notice(404)
    with desk.parts.database.read() as connection:
        rows = registration_rows(connection, desk.parts.campaign.number)
        text = csv_bytes(rows, ExportRow._fields, desk.parts.zone)
    headers = {"Content-Disposition": f'attachment; filename="{what}.{ending}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
