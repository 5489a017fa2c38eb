"""What the content of a mail says of its unit: places, mentions, ranked candidates.

It knows codes, names and aliases, but no addresses; whether the unit is certain is
decided by `daemon.decide`.
"""

from parsers.identity.cells import unit_in_cell
from parsers.identity.directory import Directory, build_directory
from parsers.identity.ranking import mentions_in, rank
from parsers.identity.sources import Sources

__all__ = [
    "Directory",
    "Sources",
    "build_directory",
    "mentions_in",
    "rank",
    "unit_in_cell",
]
