"""Turn bytes into text when the label may lie.

It does not decode VNI, TCVN3, VISCII or VPS: those come out as CP1252 letters, which
`parsers.vietnamese.legacy` tells from others when it sees the lines.
"""

import codecs
import re
import unicodedata
from functools import lru_cache

from parsers.vietnamese.legacy.lines import judge

#: Labels as the web reads them: the named set's superset that programs really write.
_SUPERSETS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode": "utf-16",
    "cp-1258": "cp1258",
    "x-cp1258": "cp1258",
}

#: Python codecs that are no character sets of mail, or that cost more than linear time.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Where CP1252 differs from Latin-1; its five holes stay C1 control characters, because
#: VISCII and VPS keep letters there.
_C1_TO_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

#: A valid multi-byte sequence of UTF-8, near enough to count them.
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_EIGHT_BIT = re.compile(rb"[\x80-\xff]+")

#: Vowels of CP1258 followed by one of its five tone marks.
_CP1258_TONED = re.compile(
    rb"[aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd]"
    rb"[\xcc\xd2\xde\xec\xf2]"
)
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | frozenset("đĐ‘’“”–—…«»°²³©®₫\u00a0•·")

#: How many bytes are looked at to tell one encoding from another.
_SAMPLE = 65_536


def decode_text(payload: bytes, charset: str | None) -> str:
    """Return the text of `payload`, declared as `charset` (None: nothing declared).

    The bytes are believed before the label: a byte order mark, then valid UTF-8, then
    the declared set where it fits, then CP1258 or CP1252 by likelihood. Never raises;
    line ends, control characters and combining marks stay as they are.
    """
    for mark, marked in _MARKS:
        if payload.startswith(mark):
            return payload.decode(marked, "replace")
    codec = _codec(charset)
    if codec is not None and not _may_be_utf8(codec):
        # Sets like UTF-16 or ISO-2022-JP use bytes that would pass for ASCII.
        return payload.decode(codec, "replace")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_not_utf8(payload, codec)


def from_cp1252(raw: bytes) -> str:
    """Return the letters of `raw` in CP1252; bytes that it lacks stay C1 controls."""
    return raw.decode("latin-1").translate(_C1_TO_CP1252)


def _decode_not_utf8(payload: bytes, codec: str | None) -> str:
    sample = payload[:_SAMPLE]
    if codec in (None, "utf-8", "cp1252") and _mostly_utf8(sample):
        # One torn letter must not turn the whole text into CP1252 rubbish.
        return payload.decode("utf-8", "replace")
    if codec not in (None, "utf-8", "cp1252"):
        try:
            return payload.decode(codec)
        except UnicodeDecodeError:
            pass
    western = from_cp1252(payload)
    if _likely_cp1258(sample) and not _is_older(western):
        return payload.decode("cp1258", "replace")
    return western


def _is_older(western: str) -> bool:
    """Say whether text that may be CP1258 reads better in another old encoding.

    QUIRK: "nhiÒu" of TCVN3 is "nhỉu" in CP1258, and every letter of it Vietnamese.
    """
    scores = dict(judge(western[:_SAMPLE], None).scores)
    tones = scores.get("cp1258", 0.0)
    return any(score > tones for name, score in scores.items() if name != "cp1258")


@lru_cache(maxsize=256)
def _codec(charset: str | None) -> str | None:
    """Return Python's name of the codec to use; None for what is unknown or no set."""
    if not charset:
        return None
    label = charset.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_SUPERSETS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    if name in _NO_CHARSETS:
        return None
    try:
        b"a".decode(name, "ignore")
    except LookupError:
        # Codecs from bytes to bytes (base64, zlib) are refused by `decode`.
        return None
    return name


def _may_be_utf8(codec: str) -> bool:
    """Say whether text in `codec` shows its letters as bytes above 127, one by one."""
    return not codec.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz"))


def _mostly_utf8(sample: bytes) -> bool:
    good = sum(len(m[0]) for m in _UTF8_SEQUENCE.finditer(sample))
    all_high = sum(len(m[0]) for m in _EIGHT_BIT.finditer(sample))
    return good > 4 * (all_high - good)


def _likely_cp1258(sample: bytes) -> bool:
    """Say whether the bytes are Vietnamese in CP1258: tones stand after vowels.

    QUIRK: CP1258 keeps a tone as a letter of its own after the vowel; VNI and TCVN3
    bytes read this way give letters that Vietnamese does not have.
    """
    if not _CP1258_TONED.search(sample):
        return False
    text = unicodedata.normalize("NFC", sample.decode("cp1258", "replace"))
    return all(c in _VIETNAMESE for c in text if c > "\x7f")
