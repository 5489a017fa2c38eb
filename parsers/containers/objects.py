"""Take the file out of an OLE object: what Windows packs when one is inserted.

Objects that only their own program could show hold no file, and stay shut.
"""

import struct

from parsers.charsets import decode_text
from parsers.compound_tree import CompoundTree, Node
from parsers.containers.contents import Budget, Contents
from parsers.containers.harvest import Harvest
from parsers.errors import UnsupportedTypeError
from parsers.values.message import Part

#: Streams that hold a file: packed by Windows (MS-OLEDS 2.3.6), an office document of
#: today, anything that its program keeps in one piece.
_NATIVE, _PLAIN = "\x01Ole10Native", ("Package", "CONTENTS", "Contents")
HOLDERS = (_NATIVE, "Package")
#: Name of a file that nothing names; the word is the office's.
_NAMELESS = "tep-nhung"
_PACKED = 2


def open_object(part: Part, budget: Budget) -> Contents:
    """Return the file in an OLE object."""
    harvest = Harvest(part, budget)
    file = CompoundTree(part.payload)
    found = file_in(file, file.root)
    if found is None:
        raise UnsupportedTypeError("an OLE object without a file")
    harvest.member(found[0], (found[1],))
    return harvest.contents()


def file_in(file: CompoundTree, storage: Node) -> tuple[str, bytes] | None:
    """Return name and bytes of the file that `storage` holds; None for none."""
    native = storage.inside.get(_NATIVE)
    if native is not None and native.stream:
        return _unpacked(file.read(native))
    for name in _PLAIN:
        plain = storage.inside.get(name)
        if plain is not None and plain.stream and plain.size:
            return _NAMELESS, file.read(plain)
    return None


def _unpacked(data: bytes) -> tuple[str, bytes]:
    """Return name and bytes of what Windows packed; without its marks all is bytes."""
    found = _packed(data)
    return found if found is not None else (_NAMELESS, data[4:])


def _packed(data: bytes) -> tuple[str, bytes] | None:
    if int.from_bytes(data[4:6], "little") != _PACKED:
        return None
    label_end = data.find(b"\0", 6)
    path_end = data.find(b"\0", label_end + 1)
    at = path_end + 5
    if label_end < 0 or path_end < 0 or at + 4 > len(data):
        return None
    at += 4 + struct.unpack_from("<L", data, at)[0]
    if at + 4 > len(data):
        return None
    size = struct.unpack_from("<L", data, at)[0]
    if at + 4 + size > len(data):
        return None
    path = decode_text(data[label_end + 1 : path_end], None).replace("\\", "/")
    label = decode_text(data[6:label_end], None)
    name = label or path.rpartition("/")[2] or _NAMELESS
    return name, data[at + 4 : at + 4 + size]
