"""What a reader raises when bytes cannot be read; it never leaves the child."""


class ParserError(Exception):
    """Base of this room: the payload cannot be read as what it is."""


class DamagedFileError(ParserError):
    """The bytes are not a whole file of their type (truncated, corrupt)."""


class EncryptedFileError(ParserError):
    """The file asks for a password."""


class UnsupportedTypeError(ParserError):
    """The type is known, but nothing here reads it."""


class LimitExceededError(ParserError):
    """Reading further would cost more than `parsers.values.limits.Limits` allows."""


class ProgramMissingError(ParserError):
    """A program or library of the machine that reads this type is not installed."""
