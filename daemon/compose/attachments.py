"""The files that go with a mail, made from its facts alone: the same bytes again."""

from daemon.compose.frame import Attached
from daemon.compose.wording import word
from parsers.values.form import FormFacts
from parsers.values.outbox import DecisionFacts, Facts, ReminderFacts
from parsers.values.summary import DigestFacts

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments(facts: Facts) -> tuple[Attached, ...]:
    """Return the files of a mail, in order; most have none."""
    if isinstance(facts, ReminderFacts):
        return (form_file(facts.form),) if facts.form is not None else ()
    if isinstance(facts, DigestFacts):
        name = word("digest", "file").format(day=f"{facts.day:%d-%m-%Y}")
        return (Attached(name, SHEET, facts.status),) if facts.status else ()
    if not isinstance(facts, DecisionFacts):
        return ()
    told = (facts, *facts.more)
    return tuple(form_file(one.form) for one in told if one.form is not None)


def form_file(form: FormFacts) -> Attached:
    """Return the form as the workbook that people fill in and send back."""
    # Loaded with the first form: most mails carry none.
    from daemon.export.form import form_name
    from daemon.export.form_xlsx import form_xlsx

    return Attached(form_name(form), SHEET, form_xlsx(form))
