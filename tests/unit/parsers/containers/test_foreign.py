"""Rar and 7z archives give their members, are told when locked, and stop in time."""

import importlib
import io

import py7zr
import pytest

from parsers.values.limits import Limits
from tests.builders.containers import digest, holds, listed, opened, told
from tests.builders.rar import a_locked_rar5, a_rar4, a_rar5, vint

TEXT = b"Kinh gui Ban Dan van Quan uy\n" * 40
NAMES = ["Đăng ký công trình/bảng.txt", "b.txt"]


def a_7z(
    members: dict[str, bytes], password: str | None = None, **more: object
) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, **more) as file:  # type: ignore[arg-type]
        for name, payload in members.items():
            file.writestr(payload, name)
    return out.getvalue()


@pytest.mark.parametrize("writer", [a_7z, a_rar4, a_rar5])
def test_members_come_out_byte_for_byte(writer) -> None:  # type: ignore[no-untyped-def]
    found = opened(writer({NAMES[0]: TEXT, NAMES[1]: b"hai"}), "x.bin")
    assert listed(found) == [f"{name}: other" for name in NAMES]
    assert holds(found, NAMES[0]) == [digest(TEXT)]
    assert holds(found, NAMES[1]) == [digest(b"hai")]
    assert told(found) == []


@pytest.mark.parametrize(
    "payload",
    [
        a_rar4({"a.txt": TEXT, "b.txt": TEXT}, owner=True),
        a_rar4({"a.txt": TEXT, "b.txt": TEXT}, 8, {"b.txt": 0x10}, owner=True),
    ],
)
def test_services_between_the_files_lose_none(payload: bytes) -> None:
    found = opened(payload, "x.rar")
    assert holds(found, "a.txt") == holds(found, "b.txt") == [digest(TEXT)]
    assert told(found) == []


def test_a_bomb_of_a_few_bytes_is_stopped() -> None:
    bomb = a_7z({"đ.bin": b"\0" * 30_000_000})
    assert len(bomb) < 20_000
    found = opened(bomb, "x.7z", Limits(expanded_mib=2))
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [("limit_exceeded", "x.7z")]


@pytest.mark.parametrize(
    "payload",
    [
        a_7z({"a.txt": TEXT}, "mat khau"),
        a_7z({"a.txt": TEXT}, "mat khau", header_encryption=True),
        a_rar4({"a.txt": TEXT}, main_flags=0x80),
        a_rar4({"a.txt": TEXT}, more={"a.txt": 4}),
        a_locked_rar5(),
        a_rar5({"a.txt": TEXT}, extra=vint(0x30) + vint(1) + bytes(47)),
    ],
)
def test_a_locked_archive_is_told(payload: bytes) -> None:
    found = opened(payload, "x.bin")
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [("file_encrypted", "x.bin")]


@pytest.mark.parametrize(
    "payload",
    [
        a_rar4({"a.txt": TEXT}, main_flags=0x11, more={"a.txt": 2}),
        a_rar4({"a.txt": TEXT}, main_flags=0x11, more={"a.txt": 1}),
        a_rar5({"a.txt": TEXT}, archive_flags=1, more={"a.txt": 0x10}),
        a_rar5({"a.txt": TEXT}, archive_flags=1, more={"a.txt": 8}),
    ],
)
def test_a_piece_of_several_is_told_as_one(payload: bytes) -> None:
    found = opened(payload, "x.part1.rar")
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [("type_unsupported", "x.part1.rar")]


@pytest.mark.parametrize("writer", [a_7z, a_rar4, a_rar5])
def test_a_cut_archive_is_told(writer) -> None:  # type: ignore[no-untyped-def]
    whole = writer({"a.txt": TEXT, "b.txt": TEXT})
    found = opened(whole[: len(whole) * 3 // 4], "x.bin")
    assert {code for code, _ in told(found)} == {"file_damaged"}


@pytest.mark.parametrize(
    ("writer", "flag"), [(a_rar4, 1), (a_rar4, 2), (a_rar5, 8), (a_rar5, 16)]
)
def test_the_whole_files_beside_a_torn_one_are_read(writer, flag: int) -> None:  # type: ignore[no-untyped-def]
    members = {NAMES[0]: b"x", "a.txt": TEXT}
    found = opened(writer(members, 1, {NAMES[0]: flag}), "x.part1.rar")
    assert listed(found) == ["a.txt: other"]
    assert holds(found, "a.txt") == [digest(TEXT)]
    assert told(found) == [("type_unsupported", f"x.part1.rar › {NAMES[0]}")]


def test_without_the_library_the_program_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(name: str) -> object:
        raise OSError(name)

    monkeypatch.setattr(importlib, "import_module", gone)
    assert told(opened(a_rar5({"a.txt": TEXT}), "x.rar")) == [
        ("program_missing", "x.rar")
    ]
