"""Addresses of lists: the same list with another filter, order or page.

It knows no list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from storage.pages import Slice


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list somebody is: the page (from 1), and the address's filters."""

    path: str
    asked: Mapping[str, str]
    page: int
    size: int

    @property
    def part(self) -> Slice:
        """Return which lines stand on this page."""
        return Slice((self.page - 1) * self.size, self.size)

    def address(self, **changes: str | int) -> str:
        """Return the address with some parameters changed; empty ones are left out."""
        merged = {**self.asked, "page": "", **{k: str(v) for k, v in changes.items()}}
        query = urlencode({k: v for k, v in merged.items() if v not in ("", "0")})
        return f"{self.path}?{query}" if query else self.path

    def pages(self, total: int) -> int:
        """Return how many pages that many lines fill, one at least."""
        return max(1, -(-total // self.size))
