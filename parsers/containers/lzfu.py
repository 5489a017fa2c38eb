"""Unpack the RTF that Outlook keeps of a mail's text (MS-OXRTFCP).

What the RTF says is not asked here.
"""

import struct

from parsers.errors import DamagedFileError, LimitExceededError

_HEAD = struct.Struct("<4L")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
#: Bytes of RTF that are unpacked: a mail's text with its pictures.
MOST = 16 * 1024 * 1024
#: What the window holds before the first byte (MS-OXRTFCP 2.1.2.1).
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
    b"\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab"
    b"\\tx"
)


def packed_size(payload: bytes) -> int:
    """Return how many bytes will come out, as the payload claims; no more do."""
    return _HEAD.unpack_from(payload)[1] if len(payload) >= _HEAD.size else 0


def unpack_rtf(payload: bytes) -> bytes:
    """Return the RTF in `payload`; what is cut off ends where it is cut.

    Raises DamagedFileError for what is no packed RTF, LimitExceededError beyond MOST.
    """
    if len(payload) < _HEAD.size:
        raise DamagedFileError("no packed RTF")
    _, size, magic, _ = _HEAD.unpack_from(payload)
    if size > MOST:
        raise LimitExceededError("expanded_mib")
    if magic == _PLAIN:
        return payload[_HEAD.size : _HEAD.size + size]
    if magic != _PACKED:
        raise DamagedFileError("no packed RTF")
    return _unpack(payload, size)


def _unpack(payload: bytes, size: int) -> bytes:
    # The window is what came out last, so that one buffer is both.
    out = bytearray(_BEGINNING)
    end = len(_BEGINNING) + size
    at = _HEAD.size
    while at < len(payload) and len(out) < end:
        flags, at = payload[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += payload[at : at + 1]
                at += 1
                continue
            if at + 2 > len(payload):
                return bytes(out[len(_BEGINNING) : end])
            token = payload[at] << 8 | payload[at + 1]
            at += 2
            offset, length = token >> 4, (token & 15) + 2
            back = (len(out) - offset) % _WINDOW
            if back == 0:
                # A reference to the place of writing is the end.
                return bytes(out[len(_BEGINNING) : end])
            _copy(out, back, length)
    return bytes(out[len(_BEGINNING) : end])


def _copy(out: bytearray, back: int, length: int) -> None:
    """Append `length` bytes from `back` bytes before the end, themselves included."""
    start = len(out) - back
    if start < 0:
        # Before the beginning the window holds nothing.
        out += bytes(length)
    elif back >= length:
        out += out[start : start + length]
    else:
        piece = bytes(out[start:])
        out += (piece * (length // back + 1))[:length]
