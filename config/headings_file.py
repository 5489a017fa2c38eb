"""Read the words by which columns are known.

It does not compare them with anything; that is `parsers.headings`.
"""

import unicodedata
from pathlib import Path

from config.faults import Faults
from config.table import Table, load_toml
from parsers.values.reading import Headings


def load_headings(path: Path) -> Headings:
    """Return the phrases of each column key, in NFC, in the order of the file.

    The keys stand in a table `[columns]`, or at the top of the file. Raises
    ConfigurationError with every fault.
    """
    faults = Faults()
    document = load_toml(path, faults) or {}
    top = Table(path, "", document, faults)
    table = top.table("columns") if "columns" in document else top
    columns: dict[str, tuple[str, ...]] = {}
    for key in [k for k in document.get("columns", document) if k != "columns"]:
        phrases = table.texts(key)
        columns[key] = tuple(unicodedata.normalize("NFC", text) for text in phrases)
        if not phrases and not len(faults):
            table.fault(key, "empty", [])
    table.end()
    top.end()
    faults.raise_any()
    return Headings(columns)
