"""Join the pieces of drawn rules: dashes, double rules, one piece a cell.

Pure: rules in, rules out.
"""

from collections.abc import Iterable, Sequence

from parsers.readers.pdf.marks import Rule

#: Rules side by side up to this distance are one, drawn double or cell by cell.
_BESIDE = 2.6
#: Pieces on one line up to this distance are one: dashes, corners that do not meet.
_APART = 4.0
_SHORTEST = 5.0


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with all pieces on one line joined, the shortest left out."""
    found: list[Rule] = []
    for upright in (False, True):
        here = sorted((r for r in rules if r.upright is upright), key=lambda r: r.at)
        group: list[Rule] = []
        for rule in here:
            if group and rule.at - group[-1].at > _BESIDE:
                found.extend(_along(group))
                group = []
            group.append(rule)
        found.extend(_along(group))
    return found


def _along(group: Sequence[Rule]) -> list[Rule]:
    """Return what the rules of one line are when their pieces are joined."""
    out: list[Rule] = []
    if not group:
        return out
    start = end = weight = total = 0.0
    for rule in sorted(group, key=lambda r: r.start):
        length = rule.end - rule.start + 0.01
        if weight and rule.start <= end + _APART:
            end = max(end, rule.end)
        else:
            if weight and end - start >= _SHORTEST:
                out.append(Rule(rule.upright, total / weight, start, end))
            start, end, weight, total = rule.start, rule.end, 0.0, 0.0
        weight += length
        total += rule.at * length
    if end - start >= _SHORTEST:
        out.append(Rule(group[0].upright, total / weight, start, end))
    return out
