"""Tar files of every flavour give their files; what is no file is left out."""

import io
import tarfile
import time

import pytest

from parsers.values.limits import Limits
from tests.builders.containers import digest, holds, listed, opened, told

TEXT = b"Kinh gui Ban Dan van Quan uy\n" * 40
LONG = "thư mục/" + "bảng đăng ký " * 15 + ".txt"


def a_tar(members: dict[str, bytes], kind: int = tarfile.GNU_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as file:
        for name, payload in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(payload)
            file.addfile(info, io.BytesIO(payload))
    return out.getvalue()


def a_header(kind: bytes = b"0", size: bytes = b"00000000004\0") -> bytes:
    """Return one header of version 7, before any `ustar` stood there."""
    head = bytearray(512)
    head[:5], head[124:136], head[156:157] = b"a.txt", size, kind
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


@pytest.mark.parametrize("kind", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_names_of_any_length_are_read(kind: int) -> None:
    found = opened(a_tar({LONG: TEXT, "./b.txt": b"hai"}, kind), "x.tar")
    assert listed(found) == [f"{LONG}: other", "b.txt: other"]
    assert holds(found, LONG) == [digest(TEXT)]


def test_a_folder_before_a_name_is_part_of_it() -> None:
    name = "thu-muc-" + "a" * 90 + "/bang-dang-ky-cong-trinh.txt"
    found = opened(a_tar({name: TEXT}, tarfile.USTAR_FORMAT), "x.tar")
    assert listed(found) == [f"{name}: other"]


def test_the_oldest_flavour_is_known_by_its_checksum() -> None:
    found = opened(a_header() + b"bon\n".ljust(512, b"\0"), "x.bin")
    assert [a.type for a in found.attachments] == ["tar", "text"]
    assert holds(found, "a.txt") == [digest(b"bon\n")]


def test_links_devices_and_folders_are_left_out() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for kind in (
            tarfile.SYMTYPE,
            tarfile.LNKTYPE,
            tarfile.DIRTYPE,
            tarfile.CHRTYPE,
        ):
            info = tarfile.TarInfo("x")
            info.type, info.linkname = kind, "/etc/passwd"
            file.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT)
        file.addfile(info, io.BytesIO(TEXT))
    assert listed(opened(out.getvalue(), "x.tar")) == ["a.txt: other"]


def test_a_sparse_file_is_told() -> None:
    found = opened(a_header(b"S") + bytes(512) + a_header() + b"bon\n", "x.tar")
    assert listed(found) == ["a.txt: other"]
    assert told(found) == [("type_unsupported", "x.tar › a.txt")]


@pytest.mark.parametrize("size", [b"-0000000777\0", b"\xff" * 12, b"hai        \0"])
def test_a_size_that_is_none_ends_the_reading(size: bytes) -> None:
    payload = a_header(size=size)[:148] + b" " * 8 + a_header(size=size)[156:]
    payload = payload[:148] + b"%06o\0 " % sum(payload) + payload[156:]
    begun = time.process_time()
    found = opened(payload * 10_000, "x.tar")
    assert told(found) == [("file_damaged", "x.tar")]
    assert time.process_time() - begun < 1


def test_a_binary_size_beyond_the_file_is_damage() -> None:
    size = b"\x80" + (2**60).to_bytes(11, "big")
    found = opened(a_header(size=size) + TEXT, "x.tar")
    assert told(found) == [("file_damaged", "x.tar")]


def test_what_stands_before_a_cut_is_read() -> None:
    found = opened(a_tar({"a.txt": TEXT, "b.txt": TEXT})[:3500], "x.tar")
    assert holds(found, "a.txt") == [digest(TEXT)]
    assert told(found) == [("file_damaged", "x.tar › b.txt")]


def test_files_beyond_the_limit_are_left_out() -> None:
    members = {f"{n}.txt": b"x" for n in range(30)}
    found = opened(a_tar(members), "x.tar", Limits(members=20))
    assert len(listed(found)) == 20
    assert told(found) == [("limit_exceeded", "x.tar")]
