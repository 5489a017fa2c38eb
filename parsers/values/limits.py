"""What a stranger's mail may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; sizes in MiB, times in seconds, the rest are counts."""

    message_mib: int = 40
    attachment_mib: int = 30
    expanded_mib: int = 200
    parts: int = 500
    mime_depth: int = 20
    nested_mails: int = 5
    archive_depth: int = 3
    members: int = 2000
    rows: int = 5000
    pages: int = 50
    pictures: int = 40
    seconds: int = 60
    picture_seconds: int = 60
    mail_seconds: int = 1800
