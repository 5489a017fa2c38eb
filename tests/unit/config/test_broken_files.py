"""Each file of `broken/` says exactly what `expected.toml` holds for it."""

import tomllib
from pathlib import Path

import pytest

from config.campaign import load_campaign
from config.faults import ConfigurationError, Fault
from config.settings import load_settings
from config.units_file import load_units

ROOT = Path(__file__).parents[3]
FOLDER = Path("tests/unit/config/broken")
EXPECTED = tomllib.loads((ROOT / FOLDER / "expected.toml").read_text("utf-8"))


def _load(file: Path) -> object:
    kind = file.name.split(".")[1]
    if kind == "campaign":
        return load_campaign(file)
    if kind == "units":
        return load_units(file, ("phuong", "phong_ban"))
    return load_settings(file, {})


def _written(fault: Fault) -> list[str]:
    line = "" if fault.line is None else f"{fault.line}: "
    return [line + fault.key, fault.shown or "", fault.sentence]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_broken_file_is_told_in_plain_sentences(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    file = FOLDER / name
    with pytest.raises(ConfigurationError) as caught:
        _load(file)
    assert [_written(fault) for fault in caught.value.faults] == EXPECTED[name][
        "faults"
    ]
    assert {fault.file for fault in caught.value.faults} == {str(file)}
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(caught.value)


def test_every_broken_file_is_expected_and_they_are_more_than_forty() -> None:
    files = {path.name for path in (ROOT / FOLDER).iterdir()}
    assert files - {"expected.toml"} == set(EXPECTED)
    assert len(EXPECTED) >= 40


def test_every_sentence_is_told_by_some_file_or_test() -> None:
    """A sentence that nothing can cause is a lie in the data."""
    source = "".join(p.read_text("utf-8") for p in (ROOT / "config").glob("*.py"))
    sentences = tomllib.loads((ROOT / "config/sentences.toml").read_text("utf-8"))
    codes = set(sentences) - {"words"}
    assert {code for code in codes if f'"{code}"' not in source} == set()
