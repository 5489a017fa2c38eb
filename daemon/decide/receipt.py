"""The receipt code of a mail: short enough for the telephone.

It keeps no list; two mails of one code are told apart by their ledger number.
"""

import hashlib

#: Letters and digits that nobody mistakes for another when read aloud or in print.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def receipt_code(raw_sha256: str) -> str:
    """Return the ten characters that stand for a mail, the same on every replay.

    `raw_sha256` is the hex digest of the raw bytes. 50 bits of its own SHA-256 are
    used, five a character.
    """
    digest = hashlib.sha256(raw_sha256.lower().encode("ascii", "replace")).digest()
    bits = int.from_bytes(digest[:8], "big")
    return "".join(ALPHABET[bits >> (59 - 5 * i) & 31] for i in range(LENGTH))
