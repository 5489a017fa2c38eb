"""Mail to the staff: the digest and the alerts, which answer nobody.

Pure, like all of this room. What a digest shows is `briefing`'s.
"""

from daemon.compose.attachments import attachments
from daemon.compose.briefing import digest_view
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
from daemon.compose.letter import moment
from daemon.compose.naming import edge, item_digest, message_id
from daemon.compose.office import ComposeError, ComposeInput, Office
from daemon.compose.template import template
from daemon.compose.wording import word
from parsers.values.outbox import ComposedMail
from parsers.values.summary import AlertFacts, DigestFacts

_SUBJECT = 120


def notice(
    item: ComposeInput, facts: DigestFacts | AlertFacts, office: Office
) -> ComposedMail:
    """Return the finished mail of a digest or an alert.

    Raises ComposeError where it has not exactly one recipient, or none to write to.
    """
    if len(item.to) != 1:
        raise ComposeError("a notice goes to one address")
    if isinstance(facts, DigestFacts):
        name, subject, shown = "digest", *_digest(facts, office)
    else:
        name, subject, shown = "alert", *_alert(facts, office)
    own = message_id(item, office)
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
    bodies = Bodies(
        template(f"{name}.txt.j2").render(shown),
        template(f"{name}.html.j2").render(shown),
    )
    files = attachments(facts)
    return ComposedMail(own, subject, framed(header, bodies, edge(item), files))


def _digest(facts: DigestFacts, office: Office) -> tuple[str, dict[str, object]]:
    view = digest_view(facts, office.zone)
    subject = line(word("digest", "subject").format(**view.headline), _SUBJECT)
    return subject, {"office": line(office.name, _SUBJECT), "view": view}


def _alert(facts: AlertFacts, office: Office) -> tuple[str, dict[str, object]]:
    """Return subject and what is shown; of a secret mail only its number is known."""
    given = {
        "subject": line(facts.subject, 100),
        "detail": line(facts.detail, 300),
        "onset": moment(facts.onset, office.zone),
    }
    over = facts.recovered is not None
    group = "alerts_over" if over else "alerts"
    what = word(group, facts.kind).format(**given)
    shown: dict[str, object] = {
        "office": line(office.name, _SUBJECT),
        "what": what,
        "todo": "" if over else word("alerts_todo", facts.kind).format(**given),
        "detail": "" if over or facts.kind == "secret" else given["detail"],
        "onset": given["onset"],
        "recovered": moment(facts.recovered, office.zone) if facts.recovered else None,
        "message": facts.message,
    }
    head = word("alert_subjects", "over" if over else "begun")
    return line(f"{head}: {what}", _SUBJECT), shown
