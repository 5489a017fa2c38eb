import random

from parsers.identity import Sources, rank
from parsers.values.unit import Candidate, Mention
from tests.builders.directory import named, sure


def the_whole_mail() -> Sources:
    path = ("Bảng đăng ký - Phường 9.xlsx",)
    return Sources(
        letterheads=((path, ("ĐẢNG BỘ QUẬN 3", "ĐẢNG ỦY PHƯỜNG 9")),),
        signatures=((path, ("T/M ĐẢNG ỦY PHƯỜNG 9", "BÍ THƯ")),),
        subject="P9 gửi bảng đăng ký",
        file_names=(path,),
        body="Kính gửi Ban Dân vận,\nPhường 9 gửi bảng đăng ký.",
        sender_name="UBND Phuong 9",
    )


def test_every_place_is_evidence_in_the_order_of_its_weight() -> None:
    assert rank(named(the_whole_mail())) == (
        Candidate(
            "P09",
            0.99,
            ("letterhead", "signature", "subject", "body", "file_name", "sender_name"),
        ),
    )


def test_a_letterhead_outweighs_a_senders_name() -> None:
    found = rank(
        [Mention("sender_name", "P01", "P1"), Mention("letterhead", "P02", "")]
    )
    assert [c.code for c in found] == ["P02", "P01"]


def test_the_order_does_not_depend_on_the_order_of_mentions() -> None:
    mentions = [
        Mention("subject", "P02", "P2"),
        Mention("subject", "P01", "P1"),
        Mention("body", "P10", "P10", 0.6),
        Mention("letterhead", None, "QUẬN 5", foreign=True),
    ]
    expected = rank(mentions)
    assert [c.code for c in expected] == ["P01", "P02", "P10"]
    for seed in range(5):
        random.Random(seed).shuffle(mentions)
        assert rank(mentions) == expected


def test_nothing_named_ranks_nobody() -> None:
    assert rank(()) == ()
    assert rank([Mention("subject", None, "Quận 5", foreign=True)]) == ()


def test_a_doubtful_mention_does_not_speak_against_a_sure_one() -> None:
    sources = Sources(
        letterheads=(((), ("UBND PHƯỜNG 9",)),), subject="Sơn sửa Trường Mầm non 6"
    )
    assert [m.code for m in named(sources)] == ["P09"]


def test_a_contradiction_is_kept() -> None:
    sources = Sources(
        letterheads=(((), ("UBND PHƯỜNG 9",)),), subject="Phường 10 gửi bảng"
    )
    assert sure(sources) == {"P09", "P10"}


def test_the_same_mention_counts_once() -> None:
    assert len(named(Sources(body="Phường 9\nPhường 9\nPhường 9"))) == 1
