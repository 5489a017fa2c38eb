"""Name the leaves of one mail: as the sender wrote it, else from the type; no twice.

Names are text for people; nothing on disk is ever called by them.
"""

from dataclasses import dataclass, field

from parsers.mime.header import Header
from parsers.vietnamese.fold import nfc_text
from parsers.vietnamese.legacy.decide import shown_alone

#: The word before the number in the name of a part that came without one.
PART_WORD = "phan"
#: Letters of a name that are kept; more is no name.
_LONGEST = 512

_SUFFIXES = {
    "application/msword": "doc",
    "application/octet-stream": "bin",
    "application/ms-tnef": "dat",
    "application/pdf": "pdf",
    "application/pkcs7-signature": "p7s",
    "application/rtf": "rtf",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsm",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/x-rar-compressed": "rar",
    "application/x-zip-compressed": "zip",
    "application/zip": "zip",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "message/delivery-status": "txt",
    "message/disposition-notification": "txt",
    "message/global": "eml",
    "message/news": "eml",
    "message/partial": "eml",
    "message/rfc822": "eml",
    "text/calendar": "ics",
    "text/csv": "csv",
    "text/html": "html",
    "text/plain": "txt",
    "text/rfc822-headers": "txt",
    "text/rtf": "rtf",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "video/mp4": "mp4",
}


def given_name(header: Header) -> str | None:
    """Return the name that the sender gave the part, in NFC on one line; None without.

    The disposition's name goes before the type's, unless letters of it are lost.
    """
    names = (
        header.structured("content-disposition").get("filename"),
        header.structured("content-type").get("name"),
    )
    cleaned = [shown_name(name) for name in names if name]
    sound = [name for name in cleaned if name and "\ufffd" not in name]
    return next(iter(sound or [name for name in cleaned if name]), None)


def shown_name(name: str) -> str:
    """Return a file's name as people see it: NFC, on one line, not endless."""
    # What is far longer is no name, and its letters would be looked at one by one.
    return " ".join(nfc_text(shown_alone(name[: 8 * _LONGEST])).split())[:_LONGEST]


@dataclass(slots=True)
class Level:
    """The parts of one mail: `path` leads to it, `depth` counts the mails around."""

    path: tuple[str, ...] = ()
    depth: int = 0
    _count: int = 0
    _used: set[str] = field(default_factory=set)

    def count(self) -> None:
        """Count one more leaf, which gives nameless ones their number."""
        self._count += 1

    def path_of(self, name: str | None, declared_type: str) -> tuple[str, ...]:
        """Return the path of a leaf: `#2` is added to the second of equal names."""
        if name is None:
            suffix = _SUFFIXES.get(declared_type, "bin")
            name = f"{PART_WORD}-{self._count}.{suffix}"
        candidate, number = name, 1
        while candidate in self._used:
            number += 1
            candidate = f"{name}#{number}"
        self._used.add(candidate)
        return (*self.path, candidate)
