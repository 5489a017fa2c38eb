"""Whose mail it may be, best first: what the content says and what the address says."""

from collections.abc import Sequence

from daemon.decide.mentions import evidence
from parsers.values.reading import Reading
from parsers.values.unit import Candidate

#: An address of one unit weighs like a clear letterhead; one of several proves little.
_ALONE, _SHARED = 0.9, 0.5
#: More than these nobody chooses from (a parent office may share 43 schools' address).
_SHOWN = 10


def ranked(
    reading: Reading, owners: Sequence[str], first: Sequence[str] = ()
) -> tuple[Candidate, ...]:
    """Return the candidates, best first; `first` are known already and lead.

    `owners` are the units of the From address. Scores lie between 0 and 1.
    """
    content = {candidate.code: candidate for candidate in reading.candidates}
    codes = list(dict.fromkeys([*first, *content, *owners]))
    weight = _ALONE if len(set(owners)) == 1 else _SHARED
    listed = [
        _candidate(reading, code, content.get(code), weight if code in owners else 0.0)
        for code in codes
    ]
    order = {code: place for place, code in enumerate(codes)}
    listed.sort(key=lambda c: (c.code not in first, -c.score, order[c.code]))
    return tuple(listed[:_SHOWN])


def _candidate(
    reading: Reading, code: str, content: Candidate | None, address: float
) -> Candidate:
    says = min(max(content.score, 0.0), 1.0) if content else 0.0
    score = round(1 - (1 - says) * (1 - address), 3)
    places = evidence(reading, code) or (content.evidence if content else ())
    return Candidate(code, score, ("address", *places) if address else places)
