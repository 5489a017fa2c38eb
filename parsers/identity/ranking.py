"""Collect what all places of a mail say of its unit, and weigh it.

Whether it is enough to be certain is decided elsewhere, together with the address.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from parsers.identity.directory import SHARED, Codes, Directory
from parsers.identity.issuers import Issuer, letterhead_issuers, signature_issuers
from parsers.identity.prose import (
    in_body,
    in_document_title,
    in_file_name,
    in_sender_name,
    in_subject,
)
from parsers.identity.sources import Sources
from parsers.values.unit import Candidate, Mention, Source

_Path = tuple[str, ...]

#: The chance that a place which names a unit is right, for ranking only.
_WEIGHTS: dict[str, float] = {
    "letterhead": 0.9,
    "signature": 0.85,
    "subject": 0.7,
    "body": 0.7,
    "file_name": 0.65,
    "title": 0.65,
    "sender_name": 0.6,
}
#: One is kept for what staff know.
_MOST = 0.99


def mentions_in(directory: Directory, sources: Sources) -> tuple[Mention, ...]:
    """Return every place of `sources` that names an issuer.

    A mention of score 1.0 is a name as it should be; what is nearly one, or stands
    where it may be something else, has less. `foreign` without a code is an issuer that
    is none of ours.
    """
    documents = list(_of_documents(directory, sources))
    found = dict.fromkeys(
        [
            *documents,
            *_of_titles(directory, sources, {m.attachment for m in documents}),
            *_of_texts(directory, sources),
            *_of_files(directory, sources),
        ]
    )
    sure = {m.code for m in found if m.code is not None and m.score == 1.0}
    # A doubtful mention never speaks against a sure one.
    return tuple(m for m in found if m.score > SHARED or m.code in sure or not sure)


def rank(mentions: Sequence[Mention]) -> tuple[Candidate, ...]:
    """Return the units that are named, best first, with the places that name them.

    Scores are between 0 and 1; the order is the same for the same mentions.
    """
    best: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for mention in mentions:
        if mention.code is not None:
            places = best[mention.code]
            places[mention.source] = max(places.get(mention.source, 0.0), mention.score)
    candidates = [_candidate(code, places) for code, places in best.items()]
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.code)))


def _candidate(code: str, places: dict[str, float]) -> Candidate:
    doubt = 1.0
    for source, score in places.items():
        doubt *= 1 - _WEIGHTS[source] * score
    evidence = tuple(source for source in _WEIGHTS if source in places)
    return Candidate(code, min(round(1 - doubt, 2), _MOST), evidence)


def _of_documents(directory: Directory, sources: Sources) -> Iterator[Mention]:
    heads: defaultdict[_Path, list[Issuer]] = defaultdict(list)
    for path, lines in sources.letterheads:
        heads[path].extend(letterhead_issuers(directory, lines))
    for path, issuers in heads.items():
        for issuer in issuers:
            yield from _mentions("letterhead", issuer.text, issuer.codes, path)
    for path, lines in sources.signatures:
        signed = signature_issuers(directory, lines)
        claims = [*heads.get(path, ()), *(i for i in signed if not i.confirms)]
        for issuer in signed:
            # A superior may confirm; it then does not claim to be the sender.
            if issuer.confirms and claims and not _same(issuer, claims):
                continue
            yield from _mentions("signature", issuer.text, issuer.codes, path)


def _of_titles(
    directory: Directory, sources: Sources, said: Set[_Path]
) -> Iterator[Mention]:
    """Yield whom titles name; a document in `said` has a letterhead that says more."""
    for path, lines in sources.titles:
        for line in lines if path not in said else ():
            for named in in_document_title(directory, line):
                yield from _mentions("title", named.text, named.codes, path)


def _same(issuer: Issuer, claims: list[Issuer]) -> bool:
    codes = {code for code, _ in issuer.codes}
    return any(codes & {code for code, _ in claim.codes} for claim in claims)


def _of_texts(directory: Directory, sources: Sources) -> Iterator[Mention]:
    for named in in_subject(directory, sources.subject or ""):
        yield from _mentions("subject", named.text, named.codes)
    for named in in_body(directory, sources.body):
        yield from _mentions("body", named.text, named.codes)
    for named in in_sender_name(directory, sources.sender_name or ""):
        yield from _mentions("sender_name", named.text, named.codes)


def _of_files(directory: Directory, sources: Sources) -> Iterator[Mention]:
    seen: set[_Path] = set()
    for path in sources.file_names:
        for depth in range(1, len(path) + 1):
            if path[:depth] in seen:
                continue
            seen.add(path[:depth])
            for named in in_file_name(directory, path[depth - 1]):
                yield from _mentions("file_name", named.text, named.codes, path[:depth])


def _mentions(
    source: Source, text: str, codes: Codes, path: _Path = ()
) -> Iterator[Mention]:
    if not codes:
        yield Mention(source, None, text, foreign=True, attachment=path)
    for code, score in codes:
        yield Mention(source, code, text, score, attachment=path)
