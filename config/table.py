"""Read values out of one TOML table, told apart by kind, every fault gathered.

It knows no option by name; a key that nobody asks for is a fault at the end.
"""

import difflib
import ipaddress
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from config.faults import ENVIRONMENT, WORDS, Faults

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_SYNTAX = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\"\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
)
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?")


def load_toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    """Return the document, or None with its fault added. A byte order mark may lead."""
    try:
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        return tomllib.loads(text)
    except FileNotFoundError:
        faults.add(path, "", "file_missing")
    except OSError:
        faults.add(path, "", "file_unreadable")
    except UnicodeDecodeError:
        faults.add(path, "", "file_not_utf8")
    except tomllib.TOMLDecodeError as error:
        where = _SYNTAX.search(str(error))
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        column = int(where[2]) if where and where[2] else 1
        spot = {"line": line, "column": column}
        faults.add(path, "", "toml_syntax", None, line, **spot)
    return None


class Table:
    """One table of a document: `name` is its path (`smtp`, `mailboxes[1]`, empty).

    The readers return the value, or the default where the key is left out or faulty;
    a fault is added for what is wrong. `environ` None: no overrides (lists of tables).
    """

    def __init__(
        self,
        file: Path,
        name: str,
        values: Mapping[str, Any],
        faults: Faults,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.file = file
        self.name = name
        self.faults = faults
        self.environ = environ or {}
        self._values = dict(values)
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._value(key) is not None

    def full(self, key: str) -> str:
        """Return the key with the tables around it."""
        return f"{self.name}.{key}" if self.name else key

    def fault(self, key: str, code: str, value: Any = None, /, **more: object) -> None:
        """Add a fault of this table's file, or of the environment that overrode it."""
        if self._overridden(key):
            self.faults.add(ENVIRONMENT, self._variable(key), code, value, None, **more)
        else:
            self.faults.add(self.file, self.full(key), code, value, None, **more)

    def text(self, key: str, default: str | None = None, blank: bool = True) -> str:
        """Return a text on one line; without `default` the key is needed.

        `blank` False: an empty text is a fault.
        """
        value = self._take(key, str, needed=default is None)
        if value is None:
            return default or ""
        if _CONTROL.search(value):
            self.fault(key, "control_character", value)
            return default or ""
        if not value.strip() and not blank:
            self.fault(key, "empty", value)
        return str(value)

    def whole(self, key: str, default: int, low: int, high: int = 10**9) -> int:
        """Return a whole number from `low` to `high`."""
        value = self._take(key, int)
        if value is None:
            return default
        return default if self._outside(key, value, low, high) else int(value)

    def switch(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key, bool)
        return default if value is None else bool(value)

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> Any:
        """Return one of `choices`; without `default` the key is needed."""
        value = self._take(key, str, needed=default is None)
        if value in choices:
            return value
        if value is not None:
            self.fault(key, "not_a_choice", value, choices=", ".join(choices))
        return default or ""

    def day(self, key: str, default: date | None = None, needed: bool = False) -> Any:
        """Return a date, written as text or as TOML's own."""
        value = self._take(key, (str, date), needed)
        return default if value is None else self.as_day(key, value) or default

    def as_day(self, key: str, value: Any) -> date | None:
        """Return `value` as a date, or None with a fault under `key`."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fault(key, "not_a_date", value)
        return None

    def clock(self, key: str, default: time) -> time:
        """Return a time of day, written as text or as TOML's own."""
        value = self._take(key, (str, time))
        if value is None or isinstance(value, time):
            return value or default
        try:
            if _CLOCK.fullmatch(value):
                hour, minute = value.split(":")
                return time(int(hour), int(minute))
        except ValueError:
            pass
        self.fault(key, "not_a_time", value)
        return default

    def items(self, key: str, kind: type, needed: bool = False) -> list[Any] | None:
        """Return a list whose members are all of `kind`; None where left out."""
        value = self._take(key, list, needed)
        if value is None:
            return None
        for index, item in enumerate(value):
            if not _is(item, kind):
                self._wrong_type(f"{key}[{index + 1}]", item, (kind,))
                return None
        return list(value)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts, each on one line and not empty."""
        values = self.items(key, str)
        for index, value in enumerate(values or []):
            if not value.strip():
                self.fault(f"{key}[{index + 1}]", "empty", value)
            elif _CONTROL.search(value):
                self.fault(f"{key}[{index + 1}]", "control_character", value)
        return default if values is None else tuple(values)

    def paths(self, key: str, default: str) -> tuple[Path, ...]:
        """Return a path, or a list of them, as a tuple."""
        if self._overridden(key) or not isinstance(self._values.get(key), list):
            return (Path(self.text(key, default, blank=False) or default),)
        values = tuple(Path(text) for text in self.texts(key))
        if not values:
            self.fault(key, "empty", self._values[key])
        return values

    def addresses(self, key: str) -> tuple[str, ...]:
        """Return a list of bare mail addresses."""
        values = self.texts(key)
        for index, value in enumerate(values):
            if not is_address(value) and not _CONTROL.search(value):
                self.fault(f"{key}[{index + 1}]", "not_an_address", value)
        return values

    def host(self, key: str) -> str:
        """Return the needed name or address of a machine."""
        value = self.text(key, blank=False)
        if value.strip() and not is_host(value):
            self.fault(key, "not_a_host", value)
        return value

    def table(self, key: str) -> "Table":
        """Return the table below `key`, an empty one where it is left out."""
        value = self._take(key, dict, overridable=False)
        environ = None if self.name else self.environ
        return Table(self.file, self.full(key), value or {}, self.faults, environ)

    def tables(self, key: str) -> list["Table"]:
        """Return the list of tables below `key`."""
        values = self._take(key, list, overridable=False) or []
        found = []
        for index, value in enumerate(values):
            name = f"{key}[{index + 1}]"
            if isinstance(value, dict):
                found.append(Table(self.file, self.full(name), value, self.faults))
            else:
                self._wrong_type(name, value, (dict,))
        return found

    def rest(self) -> dict[str, Any]:
        """Return every key that nobody asked for, and count them as asked."""
        left = {k: v for k, v in self._values.items() if k not in self._asked}
        self._asked |= left.keys()
        return left

    def refuse(self, code: str, *keys: str, **more: object) -> None:
        """Add a fault for each of these keys that is there."""
        for key in keys:
            if key in self._values:
                self._asked.add(key)
                self.fault(key, code, self._values[key], **more)

    def end(self) -> None:
        """Add a fault for each key, also of the environment, that nobody asked for."""
        known = sorted(self._asked)
        for key, value in self.rest().items():
            self.faults.add(
                self.file, self.full(key), "unknown_key", value, hint=_hint(key, known)
            )
        if not self.name:
            return
        prefix = self._variable("")
        for variable in sorted(self.environ):
            key = variable.removeprefix(prefix).lower()
            if variable.startswith(prefix) and key not in known:
                hint = _hint(key, known)
                self.faults.add(ENVIRONMENT, variable, "unknown_key", hint=hint)

    def ask(self, key: str) -> Any:
        """Return the raw value of a key and count it as asked; None where left out."""
        self._asked.add(key)
        return self._value(key)

    def raw(self, key: str) -> Any:
        """Return what stands in the file under `key`, whatever overrides it."""
        return self._values.get(key)

    def allow_variable(self, key: str) -> None:
        """Let the environment, but not the file, name `key`."""
        if key not in self._values:
            self._asked.add(key)

    def _variable(self, key: str) -> str:
        return "HOPTHU_" + self.full(key).upper().replace(".", "__")

    def _value(self, key: str) -> Any:
        return self.environ.get(self._variable(key), self._values.get(key))

    def _take(
        self, key: str, kinds: Any, needed: bool = False, overridable: bool = True
    ) -> Any:
        kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        self._asked.add(key)
        if self._overridden(key) and (list in kinds or dict in kinds):
            self.fault(key, "not_scalar", self._value(key))
        overridable = overridable and list not in kinds
        value = self._value(key) if overridable else self._values.get(key)
        if value is None:
            if needed:
                self.fault(key, "missing")
            return None
        if overridable and self._overridden(key):
            return self._converted(key, value, kinds)
        if any(_is(value, kind) for kind in kinds):
            return value
        self._wrong_type(key, value, kinds)
        return None

    def _overridden(self, key: str) -> bool:
        return self._variable(key) in self.environ

    def _converted(self, key: str, value: str, kinds: tuple[type, ...]) -> Any:
        if kinds == (int,):
            if re.fullmatch(r"[+-]?\d{1,18}", value.strip()):
                return int(value)
            self.fault(key, "not_a_number", value)
            return None
        if kinds == (bool,):
            if value.strip().lower() in ("true", "false"):
                return value.strip().lower() == "true"
            self.fault(key, "not_a_switch", value)
            return None
        return value

    def _outside(self, key: str, value: int, low: int, high: int) -> bool:
        if value < low:
            self.fault(key, "too_small", value, low=low)
        elif value > high:
            self.fault(key, "too_large", value, high=high)
        return not low <= value <= high

    def _wrong_type(self, key: str, value: Any, kinds: tuple[type, ...]) -> None:
        wanted, found = WORDS[kinds[0].__name__], WORDS[type(value).__name__]
        self.fault(key, "wrong_type", value, wanted=wanted, found=found)


def is_address(text: str) -> bool:
    """Say whether `text` is one bare mail address that can be written to."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def is_host(text: str) -> bool:
    """Say whether `text` is a machine's name or an address of IPv4 or IPv6."""
    return _HOST.fullmatch(text) is not None or _ip(text) is not None


def is_loopback(host: str) -> bool:
    """Say whether `host` is this machine, without asking anybody for its address."""
    address = _ip(host)
    if address is not None:
        return address.is_loopback
    return host.lower().rstrip(".") == "localhost"


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None


def _is(value: Any, kind: type) -> bool:
    """Say whether `value` is of `kind`; true and false are no numbers here."""
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def _hint(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, known, 1, 0.75)
    return WORDS["did_you_mean"].format(near[0]) if near else ""
