"""Open mails that came as files: .eml, mbox files of several, and uuencoded text.

What they say is read as everywhere; here they are only laid open.
"""

import re
from collections.abc import Iterator

from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest
from parsers.errors import DamagedFileError
from parsers.mime.names import Level
from parsers.mime.straighten import straighten
from parsers.mime.tree import walk
from parsers.mime.uuencode import take_out
from parsers.values.message import Part

#: Name of a mail among others in one file; the word is the office's.
NAME = "thu-{}.eml"
# QUIRK: sloppy writers do not quote a body's line that begins with "From ". Only what
# has the time and year of an envelope, and a header field after it, begins a mail.
_ENVELOPE = re.compile(
    rb"(?:^|(?<=\n\n)|(?<=\n\r\n))From ([^\n]{1,500})\n"
    rb"(?=>?[!-9;-~]{1,100}[ \t]{0,9}:|From )"
)
_TIME, _YEAR = re.compile(rb"\d:\d\d"), re.compile(rb"\d{4}")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def open_mail(part: Part, budget: Budget) -> Contents:
    """Return the parts of a mail that lies in a file, one mail deeper than it."""
    harvest = Harvest(part, budget, archive=False)
    raw, _ = straighten(part.payload)
    tree = walk(raw, budget.limits, Level(part.path, part.depth + 1))
    harvest.adopt(tree.parts, tree.findings)
    return harvest.contents()


def open_mbox(part: Part, budget: Budget) -> Contents:
    """Return the mails of an mbox file, each a file of its own."""
    harvest = Harvest(part, budget)
    for number, mail in enumerate(_mails(part.payload), start=1):
        unquoted = _QUOTED.sub(rb"\1", mail)
        if not harvest.member(NAME.format(number), (unquoted,), "message/rfc822"):
            break
    return harvest.contents()


def open_uuencoded(part: Part, budget: Budget) -> Contents:
    """Return the files of a text that begins with a uuencoded one."""
    harvest = Harvest(part, budget)
    files = take_out(part.payload, budget.members_left).files
    if not files:
        raise DamagedFileError("no uuencoded file")
    for name, payload in files:
        harvest.member(name, (payload,))
    return harvest.contents()


def _mails(payload: bytes) -> Iterator[bytes]:
    begun = None
    for found in _ENVELOPE.finditer(payload):
        if not (_TIME.search(found[1]) and _YEAR.search(found[1])):
            continue
        if begun is not None:
            yield payload[begun : found.start()]
        begun = found.end()
    if begun is not None:
        yield payload[begun:]
