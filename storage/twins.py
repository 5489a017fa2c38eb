"""Other messages of the same mail identity: the same mail, delivered twice.

It compares no bytes (identical bytes never make a second message) and judges nothing.
"""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from storage.tables import messages

#: A mail that came before the start, or is itself a duplicate, had no effect to repeat.
_NO_EFFECT = ("duplicate", "before_start")


def twins(
    connection: Connection, identities: Collection[tuple[str | None, str]]
) -> dict[tuple[str | None, str], tuple[int, ...]]:
    """Return, by (Message-ID, content digest), the messages decided already.

    In one query; oldest first, the asking message among them if it was decided before.
    Messages still to be decided are not there: within one batch the caller compares.
    Without a Message-ID or a digest there is no identity but the bytes.
    """
    asked = {identity for identity in identities if all(identity)}
    names = sorted({str(name) for name, _ in asked})
    if not names:
        return dict.fromkeys(identities, ())
    c = messages.c
    query = (
        select(c.id, c.message_id, c.content_digest)
        .where(
            c.message_id.in_(names),
            c.state.in_(("processed", "held", "ignored")),
            func.coalesce(c.reason, "").not_in(_NO_EFFECT),
        )
        .order_by(c.id)
    )
    found: dict[tuple[str | None, str], list[int]] = {i: [] for i in asked}
    for ident, name, digest in connection.execute(query):
        found.get((name, digest), []).append(ident)
    return {identity: tuple(found.get(identity, ())) for identity in identities}
