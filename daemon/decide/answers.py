"""May the mail be answered, to whom, with what purpose, and does it wait for a person?

It composes nothing; dispatch keeps the caps and budgets.
"""

from dataclasses import replace
from datetime import timedelta

from daemon.decide.confirmation import DAYS, asked_changes, code_for
from daemon.decide.enclosed import own_form, with_forms
from daemon.decide.readback import (
    code_of,
    receipt_facts,
    taken_facts,
    thread,
    unit_facts,
)
from daemon.decide.ruling import Ruling
from daemon.decide.submissions import to_store, told_otherwise
from daemon.decide.view import View
from parsers.values.outbox import (
    ConfirmationFacts,
    DecisionFacts,
    Facts,
    NewItem,
    Purpose,
    ReceiptFacts,
    RejectionFacts,
    WaitReason,
)

_RECEIPT_EVERY = timedelta(hours=24)
_FORMS_OF_A_REQUEST = 3
_PURPOSES: dict[type[Facts], Purpose] = {
    DecisionFacts: "decision",
    ReceiptFacts: "receipt",
    ConfirmationFacts: "confirmation",
    # A person's word is a decision too: no other one may follow it unasked.
    RejectionFacts: "decision",
}


def answers(view: View, ruling: Ruling) -> tuple[NewItem, ...]:
    """Return the answers to be sent, none or one."""
    address, door = _address(view), _door(view)
    if ruling.answer is None or address is None or door is None:
        return ()
    if not _answerable(view):
        return ()
    answered = view.case.received.answered
    if ruling.answer in answered:
        if "correction" in answered or not _corrects(view, ruling):
            return ()
        return _correction(_decision(view, ruling, address, door))
    if ruling.reason == "rejected":
        return _rejection(view, address, door)
    if ruling.answer == "receipt":
        return _receipt(view, ruling, address, door)
    if ruling.answer == "decision":
        return _decision(view, ruling, address, door)
    if ruling.answer == "confirmation":
        return _confirmation(view, address, door)
    return ()


def _corrects(view: View, ruling: Ruling) -> bool:
    """Return whether a second answer takes the place of what was told before."""
    if ruling.answer != "decision" or ruling.reason == "rejected":
        return False
    received = view.case.received
    # With a turn it was decided since a person spoke, and answered then.
    if received.retold and received.turn is None:
        return True
    changed = any(told_otherwise(view, taken) for taken in view.taken)
    return view.policy.corrects and changed


def _correction(items: tuple[NewItem, ...]) -> tuple[NewItem, ...]:
    return tuple(
        replace(
            item,
            key=f"{item.key.rpartition(':')[0]}:correction",
            purpose="correction",
        )
        for item in items
    )


def _rejection(view: View, address: str, door: str) -> tuple[NewItem, ...]:
    """Return the word of a person; to nobody whose address may be another's."""
    if view.sender.trust == "failed" or not (view.owners or view.sender.proven):
        return ()
    unit = view.policy.by_code.get(view.owners[0]) if len(view.owners) == 1 else None
    said = view.case.received.rejected
    facts = RejectionFacts(
        receipt=code_of(view),
        thread=thread(view),
        received=view.case.received.received,
        why=said.why if said else "",
        unit_name=unit.name if unit else None,
        salutation=unit.salutation if unit else None,
    )
    return (replace(_item(view, address, door, facts), units=view.owners),)


def _receipt(
    view: View, ruling: Ruling, address: str, door: str
) -> tuple[NewItem, ...]:
    """Return the receipt; only where our provider's line proves the address."""
    if not view.sender.proven or view.sender.trust == "failed":
        return ()
    silent = view.policy.unknown_sender == "silent"
    if silent and ruling.reason == "sender_unknown":
        return ()
    last = view.case.last_receipt
    if last is not None and view.case.now - last < _RECEIPT_EVERY:
        return ()
    return (_item(view, address, door, receipt_facts(view)),)


def _decision(
    view: View, ruling: Ruling, address: str, door: str
) -> tuple[NewItem, ...]:
    """Return the answer that reads back; only to an address that is accepted."""
    # What is marked as secret is quoted to nobody, whoever lets it pass.
    if view.sender.trust == "failed" or view.case.reading.secret:
        return ()
    if not view.owners and not any(d.accepted for d in view.deliveries):
        return ()
    facts = _facts(view, ruling)
    if facts is None:
        return ()
    item = _item(view, address, door, facts)
    units = tuple(f.unit for f in (facts, *facts.more))
    return (replace(item, units=units, reports_version=bool(to_store(view, ruling))),)


def _confirmation(view: View, address: str, door: str) -> tuple[NewItem, ...]:
    """Return the question for the code; only to an address that is accepted."""
    changes, secret = asked_changes(view), view.policy.secret
    if view.sender.trust == "failed" or not changes or not secret:
        return ()
    received = view.case.received
    first = view.policy.by_code.get(changes[0].unit)
    facts = ConfirmationFacts(
        receipt=code_of(view),
        thread=thread(view),
        received=received.received,
        code=code_for(secret, address, received.raw_sha256, changes),
        days=DAYS,
        changes=changes,
        salutation=first.salutation if first and len(changes) == 1 else None,
    )
    units = tuple(change.unit for change in changes)
    return (replace(_item(view, address, door, facts), units=units),)


def _facts(view: View, ruling: Ruling) -> DecisionFacts | None:
    """Return the facts of every unit of the mail, the first one carrying the others."""
    if view.taken and ruling.reason in {None, "nothing_changed"}:
        new = [t for t in view.taken if not t.change.reread or not t.change.same]
        told = [taken_facts(view, ruling, taken) for taken in new]
    else:
        codes = [d.unit for d in view.deliveries if d.certainty == "certain" and d.unit]
        told = [unit_facts(view, ruling, c) for c in codes or view.owners]
    if not told:
        return None
    first, *others = _without_crowd(view, ruling, told)
    return replace(first, more=tuple(others))


def _without_crowd(
    view: View, ruling: Ruling, told: list[DecisionFacts]
) -> tuple[DecisionFacts, ...]:
    """Return the facts with as many forms as one mail carries.

    Who asks for dozens of units is sent the blank form, once.
    """
    asks = ruling.reason == "request" and view.case.reading.request != "status"
    if asks and len(told) > _FORMS_OF_A_REQUEST:
        blank = replace(told[0], form=own_form(view, None, view.place.phase))
        return (blank, *(replace(facts, form=None) for facts in told[1:]))
    return with_forms(told)


def _item(view: View, address: str, door: str, facts: Facts) -> NewItem:
    purpose = _PURPOSES[type(facts)]
    return NewItem(
        kind="acknowledgement",
        key=f"{view.case.received.raw_sha256}:{purpose}",
        to=(address,),
        facts=facts,
        purpose=purpose,
        door=door,
        waits=_waits(view),
    )


def _answerable(view: View) -> bool:
    """Return whether anybody may answer: not robots, not ourselves, not old mail."""
    message, received = view.message, view.case.received
    if message is None or message.own or message.automatic is not None:
        return False
    first = received.first_read or view.case.now
    return first - received.received <= timedelta(days=view.policy.within_days)


def _address(view: View) -> str | None:
    """Return the From address, the only one that is ever answered; None for ours."""
    address = view.sender.address
    own = {ours.casefold() for ours in view.policy.own}
    return None if address is None or address.casefold() in own else address


def _door(view: View) -> str | None:
    """Return by which way an answer leaves; None where this door answers nobody."""
    received = view.case.received
    if received.asked:
        return "smtp"
    mode = view.policy.answer_modes.get(received.mailbox, "none")
    return {"sender": "smtp", "folder": received.mailbox}.get(mode)


def _waits(view: View) -> WaitReason | None:
    policy = view.policy
    first = view.case.received.first_pass and policy.first_pass_hold
    return "release" if policy.by_person or first else None
