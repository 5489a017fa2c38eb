"""The opener of each type of container."""

from collections.abc import Callable

from parsers.containers.contents import Budget, Contents
from parsers.containers.exported import open_dxl
from parsers.containers.foreign import open_7z, open_rar
from parsers.containers.mails import open_mail, open_mbox, open_uuencoded
from parsers.containers.objects import open_object
from parsers.containers.outlook import open_msg
from parsers.containers.signed import open_signed
from parsers.containers.streams import open_bz2, open_gz, open_xz
from parsers.containers.tape import open_tar
from parsers.containers.tnef import open_tnef
from parsers.containers.zipped import open_zip
from parsers.values.message import Part

#: Opens a part. Bytes and members that come out are taken off the budget, which is one
#: for the whole mail. Raises children of ParserError where nothing comes out; what was
#: left out on the way is a finding beside the parts that did.
Unpack = Callable[[Part, Budget], Contents]

#: How to open each type that `parsers.filetype.found_type` names.
CONTAINERS: dict[str, Unpack] = {
    "7z": open_7z,
    "bz2": open_bz2,
    "dxl": open_dxl,
    "eml": open_mail,
    "gz": open_gz,
    "mbox": open_mbox,
    "msg": open_msg,
    "ole": open_object,
    "p7m": open_signed,
    "rar": open_rar,
    "tar": open_tar,
    "tnef": open_tnef,
    "uu": open_uuencoded,
    "xz": open_xz,
    "zip": open_zip,
}
#: Types that are mails: their depth is counted in mails, not in archives.
MAILS = frozenset({"eml", "msg"})
