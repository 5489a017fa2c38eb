"""The wiring of documents: who issues them, by the settings."""

from config.options import Settings
from daemon.commands.office import Office
from daemon.export.model import Letterhead
from daemon.exporting import Issuer


def issuer(office: Office) -> Issuer:
    """Return who issues a document now."""
    head = letterhead(office.settings)
    return Issuer(head, office.zone, office.clock.now())


def letterhead(settings: Settings) -> Letterhead:
    """Return the head of every document; without a body, who sends our mail."""
    named = settings.documents
    sender = settings.smtp.sender.name if settings.smtp else None
    top, bottom, left, right = named.margins
    return Letterhead(
        body=named.body or (sender or "").upper(),
        name=sender or named.body,
        superior=named.superior,
        symbol=named.symbol,
        place=named.place,
        signer=named.signer,
        signed_by=named.signed_by,
        maker=named.maker,
        addressee=named.addressee,
        recipients=named.recipients,
        margins=(top, bottom, left, right),
    )
