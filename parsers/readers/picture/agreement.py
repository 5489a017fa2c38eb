"""Let several recognisers agree on a line: a vote by letters, aligned to the first.

How sure the outcome is, is judged in `certainty`.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein


def voted(texts: Sequence[str]) -> str:
    """Return what most of `texts` say, letter by letter; a tie stays the first's.

    A recogniser that read nothing has no vote.
    """
    read = [text for text in texts if text]
    if not read:
        return ""
    if len(read) < 3:
        return read[0]
    first = read[0]
    aligned = [_aligned(first, other) for other in read[1:]]
    out: list[str] = []
    for place in range(len(first) + 1):
        added = Counter(inserts[place] for inserts, _ in aligned)
        text, count = added.most_common(1)[0]
        if text and count * 2 > len(read):
            out.append(text)
        if place == len(first):
            break
        votes = Counter([first[place], *(kept[place] for _, kept in aligned)])
        letter, count = votes.most_common(1)[0]
        out.append(letter if count * 2 > len(read) else first[place])
    return " ".join("".join(out).split())


def _aligned(first: str, other: str) -> tuple[list[str], list[str]]:
    """Return what `other` has before each letter of `first`, and in its place."""
    inserts = [""] * (len(first) + 1)
    kept = list(first)
    for step in Levenshtein.editops(first, other):
        if step.tag == "insert":
            inserts[step.src_pos] += other[step.dest_pos]
        elif step.tag == "delete":
            kept[step.src_pos] = ""
        else:
            kept[step.src_pos] = other[step.dest_pos]
    return inserts, kept
