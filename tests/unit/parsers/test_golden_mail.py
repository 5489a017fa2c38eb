"""Each golden mail is read as its `expected.json` says; `why.md` says why."""

import hashlib
import json
from pathlib import Path
from typing import Any

import mailparser
import pytest

from parsers.message import ParsedMessage
from tests.builders.message import codes, read

FOLDER = Path(__file__).parents[2] / "golden"
CASES = sorted(path.name for path in FOLDER.glob("mail-*"))


def summary(parsed: ParsedMessage) -> dict[str, Any]:
    message = parsed.message
    return {
        "subject": message.subject,
        "senders": [[a.name, a.address] for a in message.senders],
        "date": message.date and message.date.isoformat(),
        "message_id": message.message_id,
        "automatic": message.automatic,
        "trace": [[line.name, line.value] for line in message.trace],
        "findings": codes(parsed),
        "parts": [
            {
                "path": list(part.path),
                "type": part.declared_type,
                "body": part.body,
                "charset": part.charset,
                "container": part.container,
                "depth": part.depth,
                "alternative": part.alternative,
                "bytes": len(part.payload),
                "sha256": hashlib.sha256(part.payload).hexdigest(),
            }
            for part in parsed.parts
        ],
        "content_digest": parsed.content_digest,
    }


@pytest.mark.parametrize("name", CASES)
def test_a_golden_mail_is_read_as_expected(name: str) -> None:
    case = FOLDER / name
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert summary(read((case / "mail.eml").read_bytes())) == expected
    assert (case / "why.md").read_text("utf-8").strip()


def test_there_are_golden_mails() -> None:
    assert len(CASES) >= 8


def test_mail_parser_counts_the_same_attachments_where_it_can() -> None:
    """Where mail and names are sound both agree; where not, the cutter has more."""
    more = {}
    for name in CASES:
        raw = (FOLDER / name / "mail.eml").read_bytes()
        theirs = len(mailparser.parse_from_bytes(raw).attachments)
        ours = [p for p in read(raw).parts if p.body is None and not p.container]
        if len(ours) != theirs:
            more[name] = len(ours) - theirs
    assert more == {
        "mail-forwarded-in-base64": 1,
        "mail-notes-folded-boundary": 1,
        "mail-odd-header-lines": 1,
        "mail-one-name-twice": 1,
    }
