"""Say what the bytes of a file are, whatever its name or label claims.

A name decides only between kinds of plain text. Nothing is unpacked but the list of
contents of office files; whether a file is whole is found out by its reader.
"""

import re
import struct

from parsers.compound import MAGIC as COMPOUND
from parsers.compound import open_compound
from parsers.containers.objects import HOLDERS
from parsers.containers.signed import cms_type
from parsers.containers.tape import is_tar
from parsers.errors import ParserError
from parsers.text_type import text_type
from parsers.zip_directory import Member, list_members, unpack

_MIB = 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_MEMBERS = 10_000
_CONTENT_TYPES = "[Content_Types].xml"

#: Beginnings that say everything; longer ones first where they share one.
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x4c\0\0\0\x01\x14\x02\0", "lnk"),
    (b"MZ", "exe"),
    (b"\x1aE\xdf\xa3", "mkv"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"\xff\xfa", "mp3"),
    (b"OggS", "ogg"),
    (b"FLV\x01", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (b"bplist00\xd1\x01\x02SURL", "webloc"),
    (b"\0\0\x01\xba", "mpg"),
    (b"%!PS", "ps"),
    (b"8BPS", "psd"),
    (b"MSCF", "cab"),
    (b"\x0e\x11\xfc\x0d\xd0\xcf\x11\xe0", "doc"),
    # The records of a workbook without the compound file around them, from BIFF2 on.
    (b"\x09\x00\x04\x00\x02\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x08\x08\x00", "xls"),
    (b"\x09\x08\x10\x00\x00\x06", "xls"),
)
_RIFF = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}
_HEIC = frozenset((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"))

#: What the main part of an office file is called in its list of content types.
_OFFICE = (
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.template.macroEnabled.main+xml", "xlsm"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-word.document.macroEnabled.main+xml", "docm"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", "docm"),
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"presentationml.", "pptx"),
)
_BY_MEMBER = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/vbaProject.bin", "xlsm"),
    ("xl/workbook.xml", "xlsx"),
    ("word/vbaProject.bin", "docm"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)
#: What the first member of an office file is called, by whatever program.
_OFFICE_BEGINS = (
    *(_CONTENT_TYPES, "_rels/", "xl/", "word/", "ppt/", "docProps/"),
    *("customXml/", "[trash]/", "docMetadata/"),
)
_BY_FOLDER = (("xl", "xlsx"), ("word", "docx"), ("ppt", "pptx"))
_CUT_OFFICE = frozenset({"xlsx", "xlsm", "docx", "docm", "pptx"})
_OPEN_DOCUMENT = (
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.text", "odt"),
    (b"opendocument.presentation", "odp"),
    (b"epub", "epub"),
)
#: Streams by which compound files are told apart, in this order.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
    ("PowerPoint Document", "ppt"),
    ("VisioDocument", "vsd"),
    *((name, "ole") for name in HOLDERS),
)


#: How the streams of office files begin: these tell what a file was whose directory is
#: lost (BOF of [MS-XLS] 2.4.21, FibBase of [MS-DOC] 2.5.2).
_FIRST_RECORDS = (
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", "xls"),
    (b"\x09\x08\x08\x00\x00\x05\x05\x00", "xls"),
    (b"\xec\xa5\xc1\x00", "doc"),
)


def found_type(payload: bytes, name: str | None) -> str:
    """Return the type word of `payload`: `xlsx`, `docx`, `pdf`, `zip`, … or `unknown`.

    `empty` is a file without bytes, `lock` the file that an office program keeps beside
    an open one, `encrypted` an office file that asks for a password. A zip file with
    locked members stays `zip` (`is_encrypted` tells). `name` only parts `csv`,
    `tsv` and mails with hardly any header from `text`.
    """
    if not payload:
        return "empty"
    if payload.startswith(_ZIP):
        return _zip_type(payload, name)
    if payload.startswith(COMPOUND):
        return _compound_type(payload)
    return (
        _by_beginning(payload)
        or ("lock" if _is_lock_file(payload) else None)
        or text_type(payload, name)
        or "unknown"
    )


def is_encrypted(payload: bytes) -> bool:
    """Say whether a password is needed: office file, old office file or zip."""
    if payload.startswith(_ZIP):
        return any(m.encrypted for m in _members(payload))
    if not payload.startswith(COMPOUND):
        return False
    compound = open_compound(payload)
    if compound is None:
        return False
    if "EncryptedPackage" in compound.names():
        return True
    # [MS-DOC] 2.5.2: bit 8 of the flags at byte 10 is fEncrypted.
    head = compound.beginning("WordDocument")
    if len(head) > 12 and struct.unpack_from("<H", head, 10)[0] & 0x100:
        return True
    return _has_file_pass(compound.beginning("Workbook"))


def is_broken_compound(payload: bytes) -> bool:
    """Say whether this is an old office file, or the like, without its directory."""
    return payload.startswith(COMPOUND) and open_compound(payload) is None


def _has_file_pass(data: bytes) -> bool:
    """Say whether a workbook's first records hold FILEPASS ([MS-XLS] 2.4.117)."""
    at = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == 0x2F:
            return True
        at += 4 + length
    return False


def _by_beginning(payload: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if payload.startswith(magic):
            return kind
    if b"%PDF-" in payload[:1024]:
        return "pdf"
    if payload.startswith(b"RIFF"):
        return _RIFF.get(payload[8:12])
    if payload[4:8] == b"ftyp":
        return "heic" if payload[8:12] in _HEIC else "mp4"
    if payload[4:8] in (b"moov", b"mdat", b"wide"):
        return "mp4"
    if payload.startswith(b"BM") and len(payload) > 26 and payload[6:10] == bytes(4):
        return "bmp"
    if payload[257:262] == b"ustar" or is_tar(payload):
        return "tar"
    return cms_type(payload)


def _is_lock_file(payload: bytes) -> bool:
    """Say whether this is the `~$` file beside an open Word or Excel file.

    It holds the user's name twice: one byte a letter, then two.
    """
    if len(payload) not in (162, 165) or not 0 < payload[0] <= 54:
        return False
    at = 54 if len(payload) == 162 else 55
    return payload[0] == payload[at] and payload[at + 1] == 0


def _members(payload: bytes) -> tuple[Member, ...]:
    try:
        return list_members(payload, _MOST_MEMBERS)
    except ParserError:
        return ()


def _zip_type(payload: bytes, name: str | None) -> str:
    members = {m.name: m for m in _members(payload)}
    if not members:
        return _cut_zip_type(payload, name)
    if _CONTENT_TYPES in members:
        listed = _content(payload, members[_CONTENT_TYPES])
        for mark, kind in _OFFICE:
            if mark in listed:
                return kind
    if "mimetype" in members:
        listed = _content(payload, members["mimetype"])
        for mark, kind in _OPEN_DOCUMENT:
            if mark in listed:
                return kind
    if any("xl/" in n or "word/" in n for n in members):
        names = {n.replace("\\", "/") for n in members}
        return next((kind for n, kind in _BY_MEMBER if n in names), "zip")
    return "zip"


def _content(payload: bytes, member: Member) -> bytes:
    try:
        return unpack(payload, member, _MIB)
    except ParserError:
        return b""


_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)


def _cut_zip_type(payload: bytes, name: str | None) -> str:
    """Return what a zip file without its directory was: by the names before members.

    Of an office file that was cut before its main part, `name` tells the kind.
    """
    names: set[str] = set()
    for count, begun in enumerate(_LOCAL_NAME.finditer(payload)):
        if count > _MOST_MEMBERS:
            break
        length = int.from_bytes(begun[1], "little")
        member = payload[begun.end() : begun.end() + length].decode("utf-8", "ignore")
        if not names and not member.startswith(_OFFICE_BEGINS):
            # The names that follow may be those of an office file in the archive.
            return "zip"
        names.add(member)
    for known, kind in _BY_MEMBER:
        if known in names:
            return kind
    folders = {n.partition("/")[0] for n in names}
    found = next((kind for folder, kind in _BY_FOLDER if folder in folders), None)
    ending = (name or "").lower().rpartition(".")[2]
    return found or (ending if ending in _CUT_OFFICE else "zip")


def _compound_type(payload: bytes) -> str:
    compound = open_compound(payload)
    if compound is None:
        return next((k for mark, k in _FIRST_RECORDS if mark in payload), "unknown")
    names = compound.names()
    found = next((kind for name, kind in _STREAMS if name in names), None)
    if found is not None:
        return found
    return "msg" if any(n.startswith("__substg1.0_") for n in names) else "unknown"
