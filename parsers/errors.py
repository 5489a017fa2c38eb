"""What a reader raises when a stranger's bytes cannot be read; never leaves the child."""


class ParserError(Exception):
    """Base of this room: the payload cannot be read as what it is."""


class DamagedFile(ParserError):
    """The bytes are not a whole file of their type (truncated, corrupt)."""


class EncryptedFile(ParserError):
    """The file asks for a password."""


class UnsupportedType(ParserError):
    """The type is known, but nothing here reads it."""


class LimitExceeded(ParserError):
    """Reading further would cost more than `parsers.values.limits.Limits` allows."""
