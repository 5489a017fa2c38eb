"""A reminder: to the unit or, in another tone, to its leader; it answers nobody.

Pure, like all of this room. Who is reminded is not decided here.
"""

import re

from daemon.compose.attachments import attachments
from daemon.compose.clean import line
from daemon.compose.frame import (
    Bodies,
    date_field,
    framed,
    mailbox_field,
    recipient,
    text_field,
    token_field,
)
from daemon.compose.naming import edge, item_digest, message_id
from daemon.compose.office import ComposeError, ComposeInput, Office
from daemon.compose.template import template
from daemon.compose.wording import word
from parsers.values.outbox import ComposedMail, ReminderFacts

_SUBJECT, _NAME, _TITLE = 120, 200, 300
_GAP = re.compile(r"\n{2,}")


def reminder(item: ComposeInput, facts: ReminderFacts, office: Office) -> ComposedMail:
    """Return the finished mail of a reminder.

    Raises ComposeError where it has not exactly one recipient, or none to write to.
    """
    if len(item.to) != 1:
        raise ComposeError("a reminder goes to one address")
    own, subject = message_id(item, office), _subject(facts)
    header = "".join(
        [
            date_field(item.date.astimezone(office.zone)),
            mailbox_field("From", line(office.name, _SUBJECT), office.address),
            token_field("To", [recipient(item.to[0])]),
            text_field("Subject", subject),
            token_field("Message-ID", [own]),
            "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n",
            token_field("X-Hopthu-Kind", [item.kind]),
            token_field("X-Hopthu-Item", [item_digest(item)]),
        ]
    )
    files = attachments(facts)
    bodies = _bodies(facts, office, files[0].name if files else None)
    return ComposedMail(own, subject, framed(header, bodies, edge(item), files))


def _subject(facts: ReminderFacts) -> str:
    key = "opens" if facts.step == "opens" else facts.missing
    audience = "leader" if facts.audience == "leader" else key
    words = word("reminder_subjects", f"{facts.phase}_{audience}")
    plan, unit = line(facts.campaign, _NAME), line(facts.unit_name, _NAME)
    return line(words.format(plan=plan, unit=unit), _SUBJECT)


def _bodies(facts: ReminderFacts, office: Office, attached: str | None) -> Bodies:
    name = line(office.name, _SUBJECT)
    letter = template("reminder_letter.txt.j2").render(
        office=name,
        campaign=line(facts.campaign, _NAME),
        title=line(facts.campaign_title, _TITLE),
        phase=facts.phase,
        step=facts.step,
        after=facts.step.startswith("after-"),
        leader=facts.audience == "leader",
        unit=line(facts.unit_name, _NAME),
        missing=facts.missing,
        named=f"{facts.named:%d/%m/%Y}",
        came=facts.came,
        owed=facts.owed,
        asked=facts.asked,
        works=len(facts.form.rows) if facts.form else 0,
        attached=attached,
    )
    paragraphs = _GAP.split(letter.strip())
    shown: dict[str, object] = {
        "office": name,
        "greeting": _greeting(facts),
        "letter": "\n\n".join(paragraphs),
        "paragraphs": [paragraph.split("\n") for paragraph in paragraphs],
    }
    return Bodies(
        template("reminder.txt.j2").render(shown),
        template("reminder.html.j2").render(shown),
    )


def _greeting(facts: ReminderFacts) -> str:
    """Return the line that greets: the units file's own, else by name."""
    unit = line(facts.unit_name, _NAME)
    if facts.audience == "leader":
        name = line(facts.leader, _NAME)
        who = f"{name}, {unit}" if name else f"{word('reminder_words', 'lead')} {unit}"
        return f"{word('reminder_words', 'dear')} {who}"
    own = line(facts.salutation, _NAME)
    return own or f"{word('reminder_words', 'dear')} {unit}"
