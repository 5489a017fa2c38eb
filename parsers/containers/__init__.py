"""One file a container format: payload -> the parts in it, the same signature in each.

Nothing is written to disk, no size that a container claims is believed, and no member
is read as anything but bytes: what a part is, others ask.
"""

from collections.abc import Callable

from parsers.containers.contents import Budget, Contents
from parsers.values.message import Part

#: Opens a part. Bytes and members that come out are taken off the budget, which is one
#: for the whole mail. Raises children of ParserError where nothing comes out; what was
#: left out on the way is a finding beside the parts that did.
Unpack = Callable[[Part, Budget], Contents]

#: How to open each type that `parsers.filetype.found_type` names.
CONTAINERS: dict[str, Unpack] = {}
