"""Find what a program of the tests left running."""

from pathlib import Path


def sleepers() -> list[str]:
    """Return the processes that sleep as the misbehaving programs do."""
    found = []
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told = words.read_bytes()
        except OSError:
            continue
        if told == b"sleep\x001000\x00":
            found.append(words.parent.name)
    return found
