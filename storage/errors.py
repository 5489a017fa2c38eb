"""What this room raises when the database or the archive cannot do what was asked.

Library errors never leave the room; they are the cause (`from`) of one of these.
"""


class StorageError(Exception):
    """Base of this room: what was asked was not done, and a repeat will not help."""


class TemporaryStorageError(StorageError):
    """Nothing was done; later it may be: busy, connection lost, disk full."""


class ConflictError(StorageError):
    """A uniqueness rule of the schema forbids it: somebody else was there before."""


class StaleLeaseError(StorageError):
    """The work was taken over by another holder meanwhile; nothing may be written."""


class NotArchivedError(StorageError):
    """The archive has no object of this kind and key."""


class DamagedArchiveError(StorageError):
    """The archived bytes are gone, cut, or no longer those of their digest."""
