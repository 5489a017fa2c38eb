"""Lock workbooks with a password, in the ways of Excel 95 to 2007, but not agile.

XOR obfuscation, RC4 and RC4 CryptoAPI lock the records of an .xls workbook; standard
encryption locks a whole package ([MS-OFFCRYPTO] 2.3.4, 2.3.5, 2.3.6, 2.3.7).
"""

import struct
from collections.abc import Callable, Iterator
from hashlib import md5, sha1
from typing import Literal

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from parsers.compound import open_compound
from tests.builders import compound as compounds
from tests.builders.records import a_compound_file

Lock = Literal["xor", "xor of 1995", "rc4", "rc4 of windows"]

_OPEN = {0x809, 0x2F, 0xE1, 0x194, 0x195, 0x196, 0x138}
_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))
_FILL = bytes.fromhex("bbffffbaffffb98000be0f00bf0f00")


def locked_xls(payload: bytes, password: str, lock: Lock = "rc4") -> bytes:
    """Return the workbook `payload` with its records locked."""
    compound = open_compound(payload)
    assert compound is not None
    name = "Workbook" if "Workbook" in compound.names() else "Book"
    stream = compound.stream(name)
    assert stream is not None
    body, cipher = _LOCKS[lock](password)
    return a_compound_file(name, _locked(stream, body, cipher))


def locked_package(payload: bytes, password: str) -> bytes:
    """Return the package `payload` under standard encryption, AES of 128 bits."""
    digest = sha1(_SALT + password.encode("utf-16-le")).digest()
    for spin in range(50_000):
        digest = sha1(struct.pack("<L", spin) + digest).digest()
    digest = sha1(digest + bytes(4)).digest()
    mask = bytes(b ^ 0x36 for b in digest.ljust(64, b"\0"))
    key = sha1(mask).digest()[:16]
    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0"
    header = struct.pack("<8L", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    header += provider.encode("utf-16-le")
    info = struct.pack("<HHLL", 3, 2, 0x24, len(header)) + header
    check = _aes(key, sha1(_VERIFIER).digest().ljust(32, b"\0"))
    info += struct.pack("<L", 16) + _SALT + _aes(key, _VERIFIER)
    info += struct.pack("<L", 20) + check
    whole = payload.ljust(-(-len(payload) // 16) * 16, b"\0")
    package = struct.pack("<Q", len(payload)) + _aes(key, whole)
    return compounds.a_compound_file(
        {"EncryptionInfo": info, "EncryptedPackage": package}
    )


def _aes(key: bytes, data: bytes) -> bytes:
    work = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return work.update(data) + work.finalize()


#: All records -> the same, every byte enciphered that may be.
_Cipher = Callable[[bytes], bytes]


def _locked(stream: bytes, body: bytes, cipher: _Cipher) -> bytes:
    """Return the records with a lock after the first, positions of sheets moved."""
    lock = struct.pack("<HH", 0x2F, len(body)) + body
    moved = bytearray()
    for at, kind, size in _records(stream):
        record = bytearray(stream[at : at + 4 + size])
        if kind == 0x85:
            place = struct.unpack_from("<L", record, 4)[0]
            struct.pack_into("<L", record, 4, place + len(lock))
        moved += record
        if at == 0:
            moved += lock
    secret, out = cipher(bytes(moved)), bytearray()
    for at, kind, size in _records(bytes(moved)):
        inner = bytearray(secret[at + 4 : at + 4 + size])
        if kind in _OPEN:
            inner = bytearray(moved[at + 4 : at + 4 + size])
        if kind == 0x85:
            inner[:4] = moved[at + 4 : at + 8]
        out += moved[at : at + 4] + inner
    return bytes(out)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at, end = 0, min(len(stream.rstrip(b"\0")) + 4, len(stream))
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, size
        at += 4 + size


def _by_rc4(password: str) -> tuple[bytes, _Cipher]:
    """RC4 with a key of its own each 1024 bytes."""
    first = md5(password.encode("utf-16-le")).digest()
    middle = md5((first[:5] + _SALT) * 16).digest()
    cipher = _in_blocks(lambda n: md5(middle[:5] + struct.pack("<L", n)).digest())
    check = cipher(_VERIFIER + md5(_VERIFIER).digest())
    return struct.pack("<3H", 1, 1, 1) + _SALT + check, cipher


def _by_rc4_of_windows(password: str) -> tuple[bytes, _Cipher]:
    first = sha1(_SALT + password.encode("utf-16-le")).digest()
    cipher = _in_blocks(lambda n: sha1(first + struct.pack("<L", n)).digest()[:16])
    check = cipher(_VERIFIER + sha1(_VERIFIER).digest())
    provider = "Microsoft Enhanced Cryptographic Provider v1.0\0".encode("utf-16-le")
    header = struct.pack("<8L", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + provider
    body = struct.pack("<3HLL", 1, 2, 2, 4, len(header)) + header
    body += struct.pack("<L", 16) + _SALT + check[:16]
    return body + struct.pack("<L", 20) + check[16:], cipher


def _in_blocks(key_of: Callable[[int], bytes]) -> _Cipher:
    def cipher(data: bytes) -> bytes:
        out = bytearray()
        for block in range(0, len(data), 1024):
            out += _rc4(key_of(block // 1024), data[block : block + 1024])
        return bytes(out)

    return cipher


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


def _by_xor(password: str) -> tuple[bytes, _Cipher]:
    """XOR obfuscation: the key from a register of 16 bits instead of the tables of
    [MS-OFFCRYPTO], which hold its states.
    """
    raw = password.encode("latin-1")
    check, key, state, last = len(raw) ^ 0xCE4B, 0, 0x8000, 0xFFFF
    for number, byte in enumerate(raw, 1):
        check ^= (byte << number | byte << number >> 15) & 0x7FFF
    for byte in reversed(raw):
        for bit in range(7):
            state, last = _stepped(state), _stepped(last)
            if byte >> bit & 1:
                key ^= state
        state, last = _stepped(state), _stepped(last)
    key ^= last
    mixed = [
        byte ^ (key >> 8 if number % 2 else key & 0xFF)
        for number, byte in enumerate((raw + _FILL)[:16])
    ]
    keys = [(byte << 2 | byte >> 6) & 0xFF for byte in mixed]

    def cipher(data: bytes) -> bytes:
        out = bytearray(data)
        for at, _, size in _records(data):
            for step in range(size):
                byte = out[at + 4 + step] ^ keys[(at + 4 + size + step) % 16]
                out[at + 4 + step] = (byte >> 3 | byte << 5) & 0xFF
        return bytes(out)

    return struct.pack("<3H", 0, key, check), cipher


def _stepped(state: int) -> int:
    turned = (state << 1 | state >> 15) & 0xFFFF
    return turned ^ 0x1020 if turned & 1 else turned


def _by_xor_of_1995(password: str) -> tuple[bytes, _Cipher]:
    body, cipher = _by_xor(password)
    return body[2:], cipher


_LOCKS: dict[Lock, Callable[[str], tuple[bytes, _Cipher]]] = {
    "xor": _by_xor,
    "xor of 1995": _by_xor_of_1995,
    "rc4": _by_rc4,
    "rc4 of windows": _by_rc4_of_windows,
}
