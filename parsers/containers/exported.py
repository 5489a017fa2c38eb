"""Open DXL files: the mails that Notes wrote as MIME, and files beside other items."""

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest
from parsers.containers.mails import NAME
from parsers.errors import UnsupportedTypeError
from parsers.notes import files_in, mails_in
from parsers.values.message import Part


def open_dxl(part: Part, budget: Budget) -> Contents:
    """Return the mails of a DXL file as files; without any, the files attached there.

    Rich text and raw items are told as unsupported.
    """
    harvest = Harvest(part, budget)
    number = 0
    for number, mail in enumerate(mails_in(part.payload), start=1):
        if not harvest.member(NAME.format(number), (mail,), "message/rfc822"):
            break
    if number:
        return harvest.contents()
    harvest.lost(UnsupportedTypeError("a document without MIME"))
    for name, payload in files_in(part.payload):
        if payload is None:
            harvest.lost(UnsupportedTypeError("packed by Notes"), name)
        elif not harvest.member(name, (payload,)):
            break
    return harvest.contents()
