"""Where the content of a mail may name its unit, as the other readers found it."""

from dataclasses import dataclass

_Path = tuple[str, ...]
_Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The naming places of one mail.

    `letterheads` and `signatures` are pairs of the document's attachment path (empty
    for the body) and its lines from the top down, `titles` those of the title and what
    a form gives as its unit; `file_names` are attachment paths.
    `body` is the mail's own text above any quotation, lines parted by LF.
    """

    letterheads: tuple[tuple[_Path, _Lines], ...] = ()
    signatures: tuple[tuple[_Path, _Lines], ...] = ()
    titles: tuple[tuple[_Path, _Lines], ...] = ()
    subject: str | None = None
    file_names: tuple[_Path, ...] = ()
    body: str = ""
    sender_name: str | None = None
