"""Open workbooks that only seem locked: Excel's own password opens them.

Excel locks the file with this password where only changes are barred, and opens it
without asking. No other password is ever tried.
"""

import io
import re
import struct

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI
from msoffcrypto.method.xor_obfuscation import DocumentXOR

from parsers.compound import open_compound
from parsers.errors import EncryptedFileError
from parsers.readers.biff import BOF, EOF, FILEPASS, HEAD, records

_PASSWORD = "VelvetSweatshop"
#: Excel hashes the password 100,000 times; a file may ask for billions.
_MOST_SPINS = 1_000_000
_SPINS = re.compile(rb'spinCount="(\d+)"')
#: Records that are never encrypted, and one of which the first four bytes are not
#: ([MS-XLS] 2.2.10): INTERFACEHDR, USREXCL, FILELOCK, RRDINFO, RRDHEAD; BOUNDSHEET.
_OPEN = frozenset({BOF, FILEPASS, 0xE1, 0x194, 0x195, 0x196, 0x138})
_BOUNDSHEET = 0x85
_BLOCK = 1024
#: A lock of 1995 is a key and a check of two bytes each.
_XOR_OF_1995 = 4


def unlocked_package(payload: bytes) -> bytes:
    """Return the office file in the encrypted `payload`.

    Raises EncryptedFileError where Excel would ask for a password.
    """
    compound = open_compound(payload)
    info = compound.stream("EncryptionInfo") if compound else None
    spins = _SPINS.search(info or b"")
    if spins and (len(spins[1]) > 9 or int(spins[1]) > _MOST_SPINS):
        raise EncryptedFileError("a password that takes too long to try")
    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(payload))
        file.load_key(password=_PASSWORD, verify_password=True)
        file.decrypt(out)
    except (
        *(DecryptionError, FileFormatError, InvalidKeyError, OSError, ValueError),
        *(KeyError, IndexError, TypeError, AttributeError, struct.error),
    ) as fault:
        raise EncryptedFileError(f"the file asks for a password: {fault}") from fault
    return out.getvalue()


def unlocked_stream(data: bytes) -> bytes:
    """Return the workbook stream `data` with its records in the clear.

    Raises EncryptedFileError where Excel would ask for a password.
    """
    for kind, at, size in records(data, 0):
        if kind == FILEPASS:
            clear = _decrypted(data, data[at : at + size])
            return _with_open_records(data, clear)
        if kind == EOF:
            # The lock stands before the first sheet.
            break
    return data


def _decrypted(data: bytes, lock: bytes) -> bytes:
    """Return all of `data` deciphered, what was never enciphered included."""
    if len(lock) == _XOR_OF_1995:
        return _by_xor(data, lock)
    if len(lock) < 6:
        raise EncryptedFileError("a lock that cannot be read")
    kind, major, minor = struct.unpack_from("<3H", lock)
    if kind == 0:
        return _by_xor(data, lock[2:])
    if kind == 1 and (major, minor) == (1, 1):
        return _by_rc4(data, lock[6:])
    if kind == 1 and major in (2, 3, 4) and minor == 2:
        return _by_rc4_of_windows(data, lock[6:])
    raise EncryptedFileError("a lock of another kind")


def _by_xor(data: bytes, lock: bytes) -> bytes:
    """Decipher by XOR obfuscation ([MS-OFFCRYPTO] 2.3.7.3, [MS-XLS] 2.2.10)."""
    check = struct.unpack_from("<H", lock, 2)[0]
    if not DocumentXOR.verifypw(_PASSWORD, check):
        raise EncryptedFileError("the workbook asks for a password")
    keys = DocumentXOR.create_xor_array_method1(_PASSWORD)
    tables = [bytes(_turned(byte ^ key) for byte in range(256)) for key in keys]
    clear = bytearray(data)
    for _, at, size in records(data, 0):
        for step in range(min(16, size)):
            table = tables[(at + size + step) % 16]
            part = slice(at + step, at + size, 16)
            clear[part] = clear[part].translate(table)
    return bytes(clear)


def _turned(byte: int) -> int:
    """Return `byte` with its bits turned right by five."""
    return byte >> 5 | byte << 3 & 0xFF


def _by_rc4(data: bytes, lock: bytes) -> bytes:
    if len(lock) < 48:
        raise EncryptedFileError("a lock that is cut off")
    salt, verifier, digest = lock[:16], lock[16:32], lock[32:48]
    if not DocumentRC4.verifypw(_PASSWORD, salt, verifier, digest):
        raise EncryptedFileError("the workbook asks for a password")
    clear = DocumentRC4.decrypt(_PASSWORD, salt, io.BytesIO(data), _BLOCK)
    return bytes(clear.getvalue())


def _by_rc4_of_windows(data: bytes, lock: bytes) -> bytes:
    """Decipher by RC4 CryptoAPI ([MS-OFFCRYPTO] 2.3.5.1)."""
    try:
        size = struct.unpack_from("<L", lock, 4)[0]
        bits = struct.unpack_from("<L", lock, 8 + 16)[0] or 40
        at = 8 + size
        length = struct.unpack_from("<L", lock, at)[0]
        salt, verifier = lock[at + 4 : at + 20], lock[at + 20 : at + 36]
        digest_size = struct.unpack_from("<L", lock, at + 36)[0]
    except struct.error as fault:
        raise EncryptedFileError("a lock that is cut off") from fault
    digest = lock[at + 40 : at + 40 + digest_size]
    if length != 16 or digest_size != 20 or bits not in range(40, 129, 8):
        raise EncryptedFileError("a lock of another kind")
    if not DocumentRC4CryptoAPI.verifypw(_PASSWORD, salt, bits, verifier, digest):
        raise EncryptedFileError("the workbook asks for a password")
    stream = io.BytesIO(data)
    clear = DocumentRC4CryptoAPI.decrypt(_PASSWORD, salt, bits, stream, _BLOCK)
    return bytes(clear.getvalue())


def _with_open_records(data: bytes, clear: bytes) -> bytes:
    """Return `clear` with heads of records, and records never enciphered, of `data`.

    The lock itself is emptied.
    """
    pieces: list[bytes] = []
    for kind, at, size in records(data, 0):
        pieces.append(HEAD.pack(kind, size))
        if kind == FILEPASS:
            pieces.append(bytes(size))
        elif kind in _OPEN:
            pieces.append(data[at : at + size])
        elif kind == _BOUNDSHEET:
            pieces.append(data[at : at + 4] + clear[at + 4 : at + size])
        else:
            pieces.append(clear[at : at + size])
    return b"".join(pieces)
