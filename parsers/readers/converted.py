"""Ask for the conversion of what only an office program can read.

Nothing is read here; the result has a reader of its own.
"""

from parsers.compound import open_compound
from parsers.errors import DamagedFileError, EncryptedFileError
from parsers.filetype import is_encrypted
from parsers.values.limits import Limits
from parsers.values.table import Needs


def doc(payload: bytes, path: tuple[str, ...], limits: Limits) -> Needs:
    """Return that a binary Word document is needed as a .docx.

    Raises EncryptedFileError: without its password no program reads it; and
    DamagedFileError where its end is missing.
    """
    compound = open_compound(payload)
    if compound is not None and compound.is_cut():
        # An office program would show what is left of it as if it were all.
        raise DamagedFileError("a document whose end is missing")
    if is_encrypted(payload):
        raise EncryptedFileError("a document with a password")
    return Needs("docx", payload, "doc")


def wordml(payload: bytes, path: tuple[str, ...], limits: Limits) -> Needs:
    """Return that the XML of Word 2003 is needed as a .docx."""
    return Needs("docx", payload, "wordml")
