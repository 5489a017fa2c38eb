"""Office files as zip archives whose bytes depend on nothing but what they hold.

It knows no form and reads no stranger's archive.
"""

import io
import zipfile
from collections.abc import Callable

_EPOCH = (1980, 1, 1, 0, 0, 0)


def repacked(
    archive: bytes, mended: Callable[[str, bytes], bytes] = lambda name, part: part
) -> bytes:
    """Return an archive of our own without times, each part as `mended` gives it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = mended(entry.filename, old.read(entry))
            new.writestr(
                zipfile.ZipInfo(entry.filename, _EPOCH), part, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()
