"""Which mail domains belong together, as DMARC's relaxed alignment means it.

It has no list of public suffixes; where that would be needed it answers no.
"""

#: Second levels under which countries register names (gov.vn, com.vn, co.uk).
_REGISTRY_LABELS = frozenset(
    {
        "ac",
        "biz",
        "co",
        "com",
        "edu",
        "gob",
        "gov",
        "gouv",
        "go",
        "health",
        "info",
        "int",
        "mil",
        "name",
        "ne",
        "net",
        "nom",
        "or",
        "org",
        "pro",
    }
)


def domain_of(address: str | None) -> str | None:
    """Return the domain of an address, or of a bare domain, in comparable form."""
    if not address:
        return None
    name = address.rpartition("@")[2].strip().strip("<>[]").rstrip(".").lower()
    if name and not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return name or None


def public_suffix(domain: str) -> bool:
    """Return whether strangers may register below `domain`."""
    labels = domain.split(".")
    if len(labels) < 2:
        return True
    return len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _REGISTRY_LABELS


def aligned(one: str | None, other: str | None) -> bool:
    """Return whether two domains are equal or one lies below the other.

    Two neighbours under one owner are not told from two strangers and do not count.
    """
    if not one or not other:
        return False
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return long.endswith("." + short) and not public_suffix(short)


def same_house(host: str, authserv_id: str) -> bool:
    """Return whether `host` is one of the provider that signs as `authserv_id`."""
    host, ours = host.rstrip(".").lower(), authserv_id.rstrip(".").lower()
    if not host or not ours:
        return False
    parent = ours.partition(".")[2]
    house = ours if not parent or public_suffix(parent) else parent
    return host in {ours, house} or host.endswith("." + house)
