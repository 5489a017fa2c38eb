"""The words of Vietnamese offices: kinds of bodies, and what stands around a name.

It holds words and their one reading; it knows no unit and no place.
"""

from typing import NamedTuple

from rapidfuzz.distance import OSA

from parsers.identity.words import Word, words_of
from parsers.vietnamese.fold import fold, skeleton

WARD, DISTRICT = "P", "Q"
SCHOOLS = frozenset({"MN", "TH", "THCS", "THPT"})
EDUCATION = "GDDT"


def _words(text: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in text.split())


def _either(heads: tuple[str, ...], tails: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{head} {tail}".strip() for head in heads for tail in tails)


class Vocabulary(NamedTuple):
    """Words with their accents, and without, for text that has none."""

    marked: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Vocabulary":
        """Return the vocabulary of the words in `text`."""
        return cls(frozenset(map(fold, text.split())), _words(text))

    def has(self, word: Word) -> bool:
        """Return whether `word` is one of them, as written or without accents."""
        if word.marked in self.marked:
            return True
        return word.marked == word.bare and word.bare in self.bare


_SCHOOL = ("", "trường", "tr")
_FRONT = ("mặt trận tổ quốc", "mttq")
_WOMEN = ("liên hiệp phụ nữ", "lhpn")
_VETERANS = ("cựu chiến binh", "ccb")
_LAND = ("", "việt nam", "vn")

#: One key for all the ways of writing a kind of body. Only kinds that every district
#: has stand here; the names themselves come from the units file.
_KINDS: dict[str, tuple[str, ...]] = {
    "MN": _either(_SCHOOL, ("mầm non", "mn", "mamnon")),
    "TH": _either(_SCHOOL, ("tiểu học", "th", "tieuhoc")),
    "THCS": _either(_SCHOOL, ("trung học cơ sở", "thcs", "th cs")),
    "THPT": _either(_SCHOOL, ("trung học phổ thông", "thpt", "th pt")),
    "UBND": ("ủy ban nhân dân", "ubnd", "ub nhân dân"),
    "HDND": ("hội đồng nhân dân", "hđnd"),
    "MTTQ": (
        *_either(("", "ủy ban", "ub"), _either(_FRONT, _LAND)),
        *_either(("", "ủy ban", "ub"), ("mttqvn",)),
        "ubmttq",
        "ubmttq việt nam",
        "ubmttqvn",
    ),
    "LHPN": (
        *_either(("", "hội"), _either(_WOMEN, _LAND)),
        *("hội phụ nữ", "hlhpn", "hpn", "lhpnvn"),
    ),
    "CCB": (*_either(("", "hội"), _either(_VETERANS, _LAND)), "hccb"),
    "DTN": (
        *_either(("đoàn tncs", "đoàn thanh niên cộng sản"), ("hồ chí minh", "hcm", "")),
        *("đoàn thanh niên", "đoàn tn", "đtn"),
    ),
    "LDLD": ("liên đoàn lao động", "lđlđ"),
    "BCHQS": (
        *("ban chỉ huy quân sự", "bch quân sự", "ban chqs"),
        *("bchqs", "bch qs", "chqs"),
    ),
    "GDDT": ("giáo dục và đào tạo", "giáo dục đào tạo", "gdđt", "gd đt", "gd và đt"),
    "TAND": ("tòa án nhân dân", "tand", "tòa án nd"),
    "VKSND": ("viện kiểm sát nhân dân", "vksnd", "viện ksnd", "vks nhân dân"),
    "BHXH": ("bảo hiểm xã hội", "bhxh"),
    "KBNN": ("kho bạc nhà nước", "kbnn"),
    "THADS": ("thi hành án dân sự", "thads"),
}


def _phrases(*phrases: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(skeleton(p).split()) for p in phrases)


#: A line that begins so names a body; which one, the rest says.
ORGANISATIONS = _phrases(
    *("trường", "phòng", "ban", "trung tâm", "tt", "bệnh viện", "công ty", "cty"),
    *("chi bộ", "đảng bộ", "đảng ủy", "hội", "đoàn", "công đoàn", "liên đoàn"),
    *("công an", "ubnd", "ủy ban", "phường", "thị trấn", "khối", "đội", "trạm"),
    *("chi cục", "cục", "sở", "văn phòng", "nhà thiếu nhi", "viện", "tòa án"),
    *("kho bạc", "bảo hiểm", "nhà văn hóa", "thư viện", "hợp tác xã", "doanh nghiệp"),
    *("tổng công ty", "xí nghiệp", "ngân hàng", "chùa", "giáo xứ", "mầm non"),
    *("tiểu học", "trung học", "thcs", "thpt", "mttq", "mặt trận", "thanh tra"),
)
#: Offices within a body: the body is the one named above them.
OFFICES = _phrases(
    *("văn phòng", "ban thường trực", "ban thường vụ", "ban chấp hành", "bch"),
    *("ban giám hiệu", "ban giám đốc", "chi bộ", "công đoàn cơ sở", "cđcs"),
    *("đội", "bộ phận", "btt", "btv", "đảng ủy", "đảng bộ"),
)
#: Bodies of a ward, where a ward is named above them.
WARD_BODIES = OFFICES | _phrases(
    *("ban", "khối", "hội", "đoàn", "chi hội", "chi đoàn", "công an", "trạm", "mttq"),
    *("ubmttq", "ủy ban", "mặt trận", "công đoàn", "khu phố", "ubnd", "hđnd", "đtn"),
    *("lhpn", "ccb", "bchqs", "quân sự", "tổ dân phố", "liên hiệp", "cựu chiến binh"),
)
#: A line of these and our own district is the parent, never the sender.
PARENTS = _phrases(
    *("ủy ban nhân dân", "ubnd", "quận ủy", "huyện ủy", "thành ủy", "thị ủy"),
    *("đảng bộ", "ban chấp hành đảng bộ", "ban thường vụ quận ủy", "đảng ủy cấp trên"),
    *("hội đồng nhân dân", "hđnd", "ban dân vận", "quận", "huyện", "thành phố", "tp"),
)
#: Who writes for a body, in a line that holds nothing but him and its name.
ROLES = _words("""
    văn thư cán bộ công chức chuyên viên bí phó chủ tịch nhiệm hiệu trưởng giám đốc
    thường trực khối vận dân ban đơn vị người gửi từ tên cơ quan đăng ký ủy ubnd đảng
    nhân mặt trận hội đoàn công an tm kt tl đại diện phòng thủ đội bch hđnd mttq chi bộ
    thay tổ phụ trách kế toán mail email gmail hộp trạm y tế khu phố chữ thập đỏ cao
    tuổi quận trường và trân trọng kính chào thân ái cảm ơn
""")
#: Whoever stands before one of these is the one who sends.
SENDS = frozenset({"gửi", "gởi", "nộp", "trình", "xin", "kính", "gui", "nop"})
SENDS_PAIRS = frozenset(
    {("đăng", "kí"), ("báo", "cáo"), ("dang", "ki"), ("bao", "cao"), ("đề", "nghị")}
)
#: What may come between the name and the sending: "Phường 9 trân trọng kính gửi".
FILLERS = _words("""
    trân trọng xin phép được em tôi chúng có đã sẽ cũng vừa nay thực hiện
""")
#: A name after one of these is whom it goes to, or where, or for whom. Without accents
#: some of them are other words.
_AWAY = "gửi gởi đến tới cho với tại ở cùng trên bàn vực hợp hộ phố trước gần"
AWAY = frozenset(map(fold, _AWAY.split())) | (_words(_AWAY) - {"goi", "ho", "o"})
#: A name after one of these is whose table it is.
OWNS = _words("""
    của từ vị ký bảng mẫu biểu cáo sách trình mục vcyngd file kết quả hiện năm dvk bc kh
    ds re fw fwd thư
""")
#: What "của" must speak of, in running text, to name the sender.
DELIVERED = _words("đăng bảng báo danh file tập kết biểu mẫu")
#: After a name these do not go on with it, whatever their capitals.
FOLLOWS = Vocabulary.of("""
    gửi gởi kính xin đăng ký báo nộp trình chuyển vv về và quận q tp thành tỉnh huyện
    phường p số ngày năm tháng lần bản bảng file nhé ạ email tel đt sđt chủ bí phó hiệu
    kế kh bc danh ds thay bổ trân v dangky biểu trưởng giám đính final copy ban dân
    vcyngd vc công dvk tm kt xlsx docx pdf signed scan thuộc tại xác nhận độc cộng trực
    trụ địa
""")
#: These end a name that nobody knows, even between capitals.
STOPS = Vocabulary.of("""
    gửi gởi kính xin đăng báo nộp trình chuyển về và quận q tp tỉnh huyện phường ngày
    thuộc tại
""")
MOTTOS = (
    "cộng hoà xã hội chủ nghĩa việt nam",
    "độc lập tự do hạnh phúc",
    "đảng cộng sản việt nam",
)


class Item(NamedTuple):
    """One word, or one kind of body in however many words: [first, last) of the words.

    `slip` says that the words of the kind have other accents than they should.
    """

    key: str
    marked: str
    first: int
    last: int
    slip: bool = False


_Tree = dict[str, "_Branch"]


class _Branch(NamedTuple):
    next: _Tree
    ends: list[tuple[str, tuple[str, ...]]]


def _tree() -> _Tree:
    root: _Tree = {}
    for key, phrases in _KINDS.items():
        for phrase in phrases:
            words = words_of(phrase)
            level, branch = root, None
            for word in words:
                branch = level.setdefault(word.bare, _Branch({}, []))
                level = branch.next
            if branch is not None:
                branch.ends.append((key, tuple(w.marked for w in words)))
    return root


_ROOT = _tree()
_LONGEST_PHRASE = 5
_WARD_WORDS = {"phuong": "phường", "p": "p"}
_NEAR_WARD = frozenset({"phong", "phung"})
_DISTRICT_WORDS = {"quan": "quận", "q": "q"}
#: What may stand between a single letter and its number: P9, P.9, P 9, P. 9, P_9.
_LETTER_GAPS = frozenset(("", ".", " ", ". ", "_", "-"))
_WORD_GAPS = _LETTER_GAPS | {"\n", " - ", ": "}


def items_of(words: tuple[Word, ...]) -> tuple[Item, ...]:
    """Return `words` with each kind of body as one item, the longest reading first."""
    found: list[Item] = []
    place = 0
    while place < len(words):
        word = words[place]
        item = _numbered(words, place)
        if item is None and word.bare in _ROOT:
            item = _kind(words, place)
        if item is None:
            item = Item(word.bare, word.marked, place, place + 1)
        elif _says_number(words, item.last):
            # Phường số 9 is Phường 9.
            item = item._replace(last=item.last + 1)
        found.append(item)
        place = item.last
    return tuple(found)


def begins(keys: tuple[str, ...], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Return whether the bare words begin with one of the phrases."""
    return any(
        keys[:n] in phrases for n in range(1, min(_LONGEST_PHRASE, len(keys)) + 1)
    )


def _says_number(words: tuple[Word, ...], place: int) -> bool:
    if place + 1 >= len(words) or words[place].marked not in ("số", "so"):
        return False
    return words[place].gap == " " and words[place + 1].number


def _numbered(words: tuple[Word, ...], place: int) -> Item | None:
    """Return the ward's or district's kind that stands before a number."""
    if place + 1 == len(words):
        return None
    if not words[place + 1].number and not _says_number(words, place + 1):
        return None
    word = words[place]
    gap = words[place + 1].gap
    for key, spellings in ((WARD, _WARD_WORDS), (DISTRICT, _DISTRICT_WORDS)):
        right = spellings.get(word.bare)
        if right is not None:
            slip = word.marked not in (right, word.bare)
            fits = gap in (_LETTER_GAPS if len(right) == 1 else _WORD_GAPS)
            return Item(key, key, place, place + 1, slip) if fits else None
    if gap == " " and _nearly_ward(word.bare):
        return Item(WARD, WARD, place, place + 1, slip=True)
    return None


def _nearly_ward(bare: str) -> bool:
    """Return whether it is a misspelt "phường" and no other word before a number."""
    if bare[:1] != "p" or bare in _NEAR_WARD:
        return False
    return OSA.distance(bare, "phuong", score_cutoff=1) <= 1


def _kind(words: tuple[Word, ...], place: int) -> Item | None:
    level, best, at = _ROOT, None, place
    while at < len(words) and (branch := level.get(words[at].bare)) is not None:
        at += 1
        if branch.ends:
            best = (branch.ends, at)
        level = branch.next
    if best is None:
        return None
    ends, last = best
    key, _ = ends[0]
    slip = _slips(words[place:last], [right for _, right in ends])
    return Item(key, key, place, last, slip)


def _slips(words: tuple[Word, ...], ends: list[tuple[str, ...]]) -> bool:
    """Return whether a word has accents, and other ones than in every spelling."""
    if tuple([w.marked for w in words]) in ends:
        return False
    return not any(
        all(w.marked in (r, w.bare) for w, r in zip(words, right, strict=True))
        for right in ends
    )
