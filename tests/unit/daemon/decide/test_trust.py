"""Whom we believe: our provider's line only, and every trick that would borrow it."""

from dataclasses import dataclass
from typing import Any

import pytest

from daemon.decide import decide
from daemon.decide.authres import parse
from daemon.decide.domains import aligned, same_house
from daemon.decide.trust import judge
from parsers.values.message import Address, HeaderLine, Message
from tests.builders.case import (
    PROOF,
    WARD,
    a_case,
    a_message,
    a_policy,
    a_reading,
    a_standing,
    a_trace,
    owner,
    rows,
)

OURS = ("mx.google.com",)
OTHER = "boss@evil.example"
TAKEN = "from mail.evil.example by mx.google.com with ESMTPS id x2"
FORGED = HeaderLine(
    "authentication-results", "mx.google.com; dmarc=pass header.from=tphcm.gov.vn"
)
NEUTRAL = "mx.google.com; spf=neutral smtp.mailfrom=boss@evil.example"


def results(value: str, *below: HeaderLine) -> Message:
    return a_message(trace=(*a_trace(value), *below))


def received(value: str) -> HeaderLine:
    return HeaderLine("received", value)


def shown(name: str, address: str = WARD, **named: Any) -> Message:
    return a_message(address, senders=(Address(name, address),), **named)


def ours(verdict: str) -> Message:
    return results(f"mx.google.com; {verdict}")


@dataclass(frozen=True)
class Attempt:
    why: str
    message: Message
    trust: str


PROOFS = [
    Attempt("dmarc passed", ours("dmarc=pass header.from=tphcm.gov.vn"), "proven"),
    Attempt(
        "an aligned signature passed",
        ours("dkim=pass header.i=@tphcm.gov.vn"),
        "proven",
    ),
    Attempt(
        "the signature of the domain above passed",
        shown("P9", "p9@vp.tphcm.gov.vn", trace=a_trace(PROOF.replace("dmarc", "x"))),
        "proven",
    ),
    Attempt(
        "the envelope's address passed",
        ours("spf=pass smtp.mailfrom=p9@tphcm.gov.vn"),
        "proven",
    ),
    Attempt(
        "case and a trailing dot do not matter",
        ours("DKIM=Pass header.d=TPHCM.GOV.VN."),
        "proven",
    ),
    Attempt(
        "a comment in the middle is skipped",
        ours("dkim (note; x) = pass (2048 bit; ok) header.d=tphcm.gov.vn"),
        "proven",
    ),
    Attempt(
        "a version after the name is allowed",
        results("mx.google.com 1; dmarc=pass header.from=tphcm.gov.vn"),
        "proven",
    ),
    Attempt("the display name repeats the address", shown(f"P9 ({WARD})"), "proven"),
    Attempt(
        "a server that writes its line above its Received",
        a_message(
            trace=(
                HeaderLine("authentication-results", PROOF),
                received("from x.example by mx.google.com with SMTP"),
            )
        ),
        "proven",
    ),
    Attempt(
        "a forwarded mail whose signature survives",
        ours(
            "dkim=pass header.d=tphcm.gov.vn; spf=softfail smtp.mailfrom=a@fwd.example"
        ),
        "proven",
    ),
]

NOTHING = [
    Attempt("no line at all", a_message(trace=a_trace(None)), "unproven"),
    Attempt(
        "somebody else's line",
        results(PROOF.replace("mx.google", "mx.evil")),
        "unproven",
    ),
    Attempt(
        "a look-alike name in front",
        results(PROOF.replace("mx.google.com", "mx.google.com.evil.example")),
        "unproven",
    ),
    Attempt(
        "a look-alike letter", results(PROOF.replace("google", "goog1e")), "unproven"
    ),
    Attempt(
        "a name hidden in a comment",
        results("(mx.google.com) evil.example; dmarc=pass header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a name before another name",
        results("mx.google.com evil.example; dmarc=pass header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a verdict in a comment",
        ours("spf=none (; dmarc=pass header.from=tphcm.gov.vn ;)"),
        "unproven",
    ),
    Attempt(
        "a verdict in a nested comment",
        ours("spf=none ((a) ; dmarc=pass header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a verdict inside a quoted address",
        ours('spf=none smtp.mailfrom="a; dmarc=pass header.from=tphcm.gov.vn"@evil.vn'),
        "unproven",
    ),
    Attempt(
        "a verdict behind an open quotation mark",
        ours('spf=none smtp.mailfrom="a; dmarc=pass header.from=tphcm.gov.vn'),
        "unproven",
    ),
    Attempt(
        "a verdict without its semicolon",
        ours("spf=none dmarc=pass header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a verdict as the reason of another",
        ours('spf=none reason="dmarc=pass"'),
        "unproven",
    ),
    Attempt(
        "a method that only looks like one",
        ours("x-dmarc=pass header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a result that only begins with pass",
        ours("dmarc=passed header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a version that we do not know",
        results("mx.google.com 2; dmarc=pass header.from=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt("none", ours("none"), "unproven"),
    Attempt(
        "a signature of another domain",
        ours("dkim=pass header.d=evil.example"),
        "unproven",
    ),
    Attempt(
        "a signature of a registry",
        shown("P9", trace=a_trace("mx.google.com; dkim=pass header.d=gov.vn")),
        "unproven",
    ),
    Attempt(
        "a signature of a domain that ends alike",
        ours("dkim=pass header.d=eviltphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "an envelope of another domain",
        ours("spf=pass smtp.mailfrom=boss@evil.example"),
        "unproven",
    ),
    Attempt(
        "only the greeting of the server passed",
        ours("spf=pass smtp.helo=tphcm.gov.vn"),
        "unproven",
    ),
    Attempt(
        "a policy that was judged for another From",
        ours("dmarc=pass header.from=evil.example"),
        "unproven",
    ),
    Attempt("a forged line below the true one", results(NEUTRAL, FORGED), "unproven"),
    Attempt(
        "a forged line below a foreign Received",
        a_message(trace=(*a_trace(None), FORGED)),
        "unproven",
    ),
    Attempt(
        "a forged line below a forged Received of ours",
        a_message(trace=(received(TAKEN), received("by mx.google.com"), FORGED)),
        "unproven",
    ),
    Attempt(
        "a forged line below a Received that names us in a comment",
        a_message(
            trace=(received("from x by evil.example (by mx.google.com)"), FORGED)
        ),
        "unproven",
    ),
    Attempt(
        "a forged line below a Received without a writer",
        a_message(trace=(received("from [10.0.0.1] (HTTP)"), FORGED)),
        "unproven",
    ),
    Attempt(
        "a Google hop does not count for another provider's name",
        a_message(
            trace=(
                received("by 2002:a05:6a10:0:0:0:0:0 with SMTP"),
                HeaderLine(
                    "authentication-results", PROOF.replace("mx.google.com", "mx.vn")
                ),
            )
        ),
        "unproven",
    ),
    Attempt(
        "a clerk sends in the name of the unit",
        a_message(sender=Address(None, "clerk@tphcm.gov.vn")),
        "unproven",
    ),
    Attempt(
        "a signature over part of the body only",
        results(
            "mx.google.com; dkim=pass header.d=tphcm.gov.vn; dmarc=pass",
            HeaderLine(
                "dkim-signature", "v=1; d=tphcm.gov.vn; h=from:subject; l=10; b=x"
            ),
        ),
        "unproven",
    ),
    Attempt(
        "a signature that leaves From open",
        results(
            "mx.google.com; dkim=pass header.d=tphcm.gov.vn; dmarc=pass",
            HeaderLine("dkim-signature", "v=1; d=tphcm.gov.vn; h=to:subject; b=x"),
        ),
        "unproven",
    ),
    Attempt(
        "a broken signature after forwarding by the unit's own server",
        ours(
            "dkim=neutral header.d=tphcm.gov.vn; "
            "spf=softfail smtp.mailfrom=p9@tphcm.gov.vn"
        ),
        "unproven",
    ),
]

FAILURES = [
    Attempt("dmarc failed", ours("dmarc=fail header.from=tphcm.gov.vn"), "failed"),
    Attempt(
        "dmarc failed beside a pass",
        ours("dmarc=pass header.from=tphcm.gov.vn; dmarc=fail"),
        "failed",
    ),
    Attempt(
        "the envelope is another's and fails",
        ours("spf=softfail smtp.mailfrom=boss@evil.example"),
        "failed",
    ),
    Attempt("two From fields", a_message(from_fields=2), "failed"),
    Attempt(
        "two authors in one field",
        a_message(senders=(Address(None, WARD), Address(None, OTHER))),
        "failed",
    ),
    Attempt("a display name that shows another address", shown(WARD, OTHER), "failed"),
    Attempt(
        "a display name in full-width letters", shown("boss＠evil．example"), "failed"
    ),
    Attempt(
        "a display name with a letter without width",
        shown("boss\u200b@evil.example"),
        "failed",
    ),
    Attempt(
        "a display name with brackets around it", shown(f"Sếp <{OTHER}>"), "failed"
    ),
]

EVERY = [*PROOFS, *NOTHING, *FAILURES]


@pytest.mark.parametrize("attempt", EVERY, ids=lambda a: a.why)
def test_the_class_of_a_listed_sender(attempt: Attempt) -> None:
    assert judge(attempt.message, OURS, listed=True).trust == attempt.trust


@pytest.mark.parametrize("attempt", EVERY, ids=lambda a: a.why)
def test_no_attempt_takes_a_row_out_of_force(attempt: Attempt) -> None:
    standing = a_standing(*rows(*range(1, 11)))
    reading = a_reading(
        message=attempt.message, registrations=rows(1), mode="replacement"
    )
    author = attempt.message.author
    assert author is not None
    known = (owner("P09", author.address or ""),)
    case = a_case(reading=reading, standing=(standing,), owners=known)
    decision = decide(case, a_policy())
    assert bool(decision.submissions) == (attempt.trust == "proven")
    told = [item.to for item in decision.items]
    assert told in ([], [(author.address,)])
    if attempt.trust == "failed":
        assert (decision.reason, told) == ("sender_failed", [])


@pytest.mark.parametrize("attempt", EVERY, ids=lambda a: a.why)
def test_where_no_provider_is_trusted_nothing_is_proven(attempt: Attempt) -> None:
    found = judge(attempt.message, (), listed=True)
    assert found.proven is False
    assert found.trust in {"unproven", "failed"}


def test_an_unlisted_address_is_unknown_even_when_it_is_proven() -> None:
    found = judge(a_message(), OURS, listed=False)
    assert (found.trust, found.proven) == ("unknown", True)


def test_a_mail_without_a_sender_is_unknown() -> None:
    assert judge(a_message(None), OURS, listed=False).trust == "unknown"
    assert judge(None, OURS, listed=False).trust == "unknown"


def test_a_second_line_in_our_provider_s_name_is_shown_to_staff() -> None:
    found = judge(results(PROOF, FORGED), OURS, listed=True)
    assert found.trust == "proven"
    assert [f.code for f in found.findings] == ["sender_unverified"]
    assert found.findings[0].audience == "staff"


def test_a_reply_goes_to_the_author_and_to_nobody_that_the_mail_names() -> None:
    message = a_message(sender=Address(None, OTHER), message_id=f"<{OTHER}>")
    decision = decide(a_case(reading=a_reading(message=message)), a_policy())
    assert [item.to for item in decision.items] == [(WARD,)]


@pytest.mark.parametrize(
    "address",
    [
        "р9@tphcm.gov.vn",
        "p9\u200b@tphcm.gov.vn",
        "p9+x@tphcm.gov.vn",
        "p9@tphcm.gov.vn.",
        '"p9"@tphcm.gov.vn',
        "p9@tphcm.gov.vn.evil.example",
    ],
)
def test_an_address_that_only_looks_like_the_unit_s_is_a_stranger_s(
    address: str,
) -> None:
    # The directory's answer is for the true address; a look-alike must not pass by it.
    reading = a_reading(message=shown("P9", address))
    decision = decide(a_case(reading=reading), a_policy())
    assert decision.reason == "sender_unknown"


def test_an_address_in_other_case_is_the_same() -> None:
    reading = a_reading(message=shown("P9", "P9@TPHCM.gov.vn"))
    assert decide(a_case(reading=reading), a_policy()).reason is None


@pytest.mark.parametrize(
    "value",
    ["", ";", "=", '"', "(", "\\", "a" * 5000 + "(" * 5000, "; ; ;", "x;=;.=", "🙂"],
)
def test_a_line_that_is_no_line_is_read_without_harm(value: str) -> None:
    found = parse(value)
    assert found is None or found.outcomes == ()


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("a.vn", "a.vn", True),
        ("mail.a.vn", "a.vn", True),
        ("a.gov.vn", "b.gov.vn", False),
        ("gov.vn", "a.gov.vn", False),
        ("vn", "a.vn", False),
        ("xa.vn", "a.vn", False),
        ("", "a.vn", False),
    ],
)
def test_domains_belong_together_below_one_registered_name(
    one: str, other: str, together: bool
) -> None:
    assert aligned(one, other) is together
    assert aligned(other, one) is together


@pytest.mark.parametrize(
    ("host", "ours", "same"),
    [
        ("mx.google.com", "mx.google.com", True),
        ("mail-1.google.com.", "mx.google.com", True),
        ("google.com.evil.vn", "mx.google.com", False),
        ("evilgoogle.com", "mx.google.com", False),
        ("b.gov.vn", "a.gov.vn", False),
        ("mail.quan3.gov.vn", "quan3.gov.vn", True),
    ],
)
def test_a_host_is_the_provider_s_by_its_domain(
    host: str, ours: str, same: bool
) -> None:
    assert same_house(host, ours) is same
