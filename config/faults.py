"""Faults of files that people write, gathered so that all are told at once.

It reads no file; the sentences stand in `sentences.toml`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SENTENCES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("sentences.toml").read_text("utf-8")
)
#: Words that are put into sentences, by their English key.
WORDS: dict[str, str] = _SENTENCES.pop("words")
#: Parts of a key that say that its value must never be shown.
_SECRET_WORDS = ("pass", "secret", "token", "credential", "oauth")
_SHOWN = 80

#: What stands for the file of a fault that came from the environment.
ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `key` with its tables (`smtp.port`, `mailboxes[1].host`), the value as
    shown (None: missing, or secret), one Vietnamese sentence; `line` from 1.
    """

    file: str
    key: str
    shown: str | None
    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        value = "" if self.shown is None else f" = {self.shown}"
        key = f" {self.key}{value}:" if self.key or value else ""
        return f"{place}:{key} {self.sentence}"


class ConfigurationError(Exception):
    """What people wrote cannot be used; `faults` are all of them, in order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Faults:
    """A growing list of faults; `raise_any` ends the reading."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(
        self,
        file: str | Path,
        key: str,
        code: str,
        value: Any = None,
        line: int | None = None,
        /,
        **parameters: object,
    ) -> None:
        """Add the fault `code` of the sentences; `value` None is not shown.

        Raises KeyError for a code without its sentence.
        """
        sentence = _SENTENCES[code].format_map(parameters)
        fault = Fault(str(file), key, _shown(key, value), sentence, line)
        if fault not in self._faults:
            self._faults.append(fault)

    def extend(self, error: ConfigurationError) -> None:
        """Take over the faults of another file."""
        self._faults += [f for f in error.faults if f not in self._faults]

    def raise_any(self) -> None:
        """Raise ConfigurationError if there is any fault."""
        if self._faults:
            raise ConfigurationError(tuple(self._faults))


def _shown(key: str, value: Any) -> str | None:
    last = key.rpartition(".")[2].lower()
    if value is None:
        return None
    if any(word in last for word in _SECRET_WORDS) and not last.endswith("_file"):
        return None
    text = _text(value)
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _text(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    """Return a value as TOML would have it, tables only by their sign."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        if any(isinstance(v, dict | list) for v in value):
            return "[…]"
        return "[" + ", ".join(map(_text, value)) + "]"
    return str(value)
