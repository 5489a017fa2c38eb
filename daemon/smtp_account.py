"""Where mail is handed in, as plain values; it connects to nothing."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where mail is handed in. `password` never appears in a log or `repr`.

    `silence` is how many seconds the server may take for an answer, `patience` for the
    one to a whole mail, which it may want to look through first. Both together, and the
    time that a mail takes on the line, are below the 15 minutes of an unknown outcome.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str | None = None
    silence: float = 60.0
    patience: float = 300.0

    @property
    def name(self) -> str:
        """Return what tells this account from others: who hands in, and where."""
        return f"{self.username or self.sender}@{self.host}:{self.port}"
