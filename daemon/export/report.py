"""The draft of the report of plan V.1: all figures filled in, judgements left out.

What people have to write stands there as dots. It reads no database.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from daemon.export.assessment import Assessed, criteria, met, sums
from daemon.export.model import Paragraph, Part
from daemon.export.order import Frame, summary
from daemon.export.results import Reported
from daemon.export.wording import day_text, hour_text, text


def report(
    frame: Frame,
    units: Sequence[Assessed],
    fields: Mapping[int | None, int],
    table: Part,
) -> Part:
    """Return the report, with the table of the assessment behind it.

    `fields` are the registered works by field.
    """
    paragraphs = (
        *_opening(frame),
        *_registered(frame, units, fields),
        *_achieved(frame, units),
        *_judged(frame, units),
    )
    return replace(
        table,
        kind=text("report", "kind"),
        heading=(
            text("report", "title"),
            text("report", "subject", title=summary(frame.plan.title)),
        ),
        text=tuple(paragraphs),
        notes=(text("report", "annexed"), *table.notes),
    )


def _opening(frame: Frame) -> Iterator[Paragraph]:
    who = frame.letterhead
    if who.addressee:
        yield Paragraph(text("report", "to", addressee=who.addressee), centred=True)
    given = {"campaign": frame.plan.number, "title": summary(frame.plan.title)}
    yield Paragraph(
        text(
            "report",
            "opening",
            body=_body(frame),
            hour=hour_text(frame.now, frame.zone),
            day=day_text(frame.day),
            **given,
        )
    )


def _body(frame: Frame) -> str:
    return frame.letterhead.name or frame.letterhead.body


def _registered(
    frame: Frame, units: Sequence[Assessed], fields: Mapping[int | None, int]
) -> Iterator[Paragraph]:
    found = sums(frame, units)
    states = Counter(u.facts.state for u in units)
    yield Paragraph(text("report", "head_registered"), heading=True)
    given = {
        **asdict(found),
        "unit_share": percent(found.delivered, found.units),
        "work_share": percent(found.works, found.expected),
        "late": sum(u.first_received is not None and u.facts.late for u in units),
        "nil": states["nil"],
        "excused": states["excused"],
        "short": states["partial"],
        "missing": states["missing"],
    }
    yield Paragraph(text("report", "registered", **given))
    yield Paragraph(text("report", "registered_how", **given))
    yield Paragraph(text("report", "by_category"))
    yield from _categories(frame, units, "category_registered")
    if frame.plan.fields:
        yield Paragraph(text("report", "by_field"))
        yield from _fields(frame, fields)
    missing = [u for u in units if u.facts.state == "missing"]
    yield from _named("not_registered", missing)


def _categories(
    frame: Frame, units: Sequence[Assessed], key: str
) -> Iterator[Paragraph]:
    groups: dict[str, list[Assessed]] = {}
    for unit in units:
        groups.setdefault(frame.category(unit.facts.category), []).append(unit)
    for name, members in groups.items():
        yield Paragraph(text("report", key, name=name, **asdict(sums(frame, members))))


def _fields(frame: Frame, fields: Mapping[int | None, int]) -> Iterator[Paragraph]:
    whole = sum(fields.values())
    numbers: list[int | None] = [f.number for f in frame.plan.fields]
    for number in (*numbers, None):
        count = fields.get(number, 0)
        if count or number is not None:
            name, share = frame.field_name(number), percent(count, whole)
            yield Paragraph(
                text("report", "one_field", name=name, count=count, share=share)
            )


def _achieved(frame: Frame, units: Sequence[Assessed]) -> Iterator[Paragraph]:
    yield Paragraph(text("report", "head_achieved"), heading=True)
    if "all_results" not in criteria(frame):
        yield Paragraph(text("report", "not_opened"))
        return
    found, whole = sums(frame, units), _together(units)
    given = {
        **asdict(found),
        "unit_share": percent(found.reporting, found.delivered),
        "share": percent(whole.results, whole.works),
        "in_progress": whole.progress["in_progress"],
        "not_done": whole.progress["not_done"],
        "unsaid": whole.progress[None],
        "missing": whole.missing,
    }
    yield Paragraph(text("report", "achieved", **given))
    yield from _categories(frame, units, "category_achieved")
    owing = [u for u in units if u.reported.works and u.results_received is None]
    yield from _named("not_reported", owing)


def _together(units: Sequence[Assessed]) -> Reported:
    whole = Reported()
    for unit in units:
        whole.works += unit.reported.works
        whole.results += unit.reported.results
        whole.progress += unit.reported.progress
    return whole


def _judged(frame: Frame, units: Sequence[Assessed]) -> Iterator[Paragraph]:
    yield Paragraph(text("report", "head_judged"), heading=True)
    for key in ("strengths", "weaknesses", "causes"):
        yield Paragraph(text("report", key))
    yield Paragraph(text("report", "head_proposed"), heading=True)
    keys = criteria(frame)
    named = "; ".join(text("criteria", key) for key in keys)
    whole = [u for u in units if len(met(frame, u)) == len(keys) and not u.excused]
    given = {"count": len(keys), "units": len(whole), "criteria": named}
    yield Paragraph(text("report", "proposed", **given))
    groups: dict[str, list[str]] = {}
    for unit in whole:
        name = frame.category(unit.facts.category)
        groups.setdefault(name, []).append(unit.facts.name)
    for name, members in groups.items():
        told = {"name": name, "count": len(members), "units": "; ".join(members)}
        yield Paragraph(text("report", "category_named", **told))
    yield Paragraph(text("report", "proposal", body=_body(frame)))
    yield Paragraph(text("report", "closing"))


def _named(key: str, units: Sequence[Assessed]) -> Iterator[Paragraph]:
    """Yield a sentence that names the units, or none where there are none."""
    if units:
        listed = "; ".join(u.facts.name for u in units)
        yield Paragraph(text("report", key, count=len(units), units=listed))


def percent(part: int, whole: int) -> str:
    """Return a share in per cent, one decimal with a comma, none where it is whole."""
    share = round(100 * part / whole, 1) if whole else 0.0
    return f"{share:g}".replace(".", ",") + "%"
