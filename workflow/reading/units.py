"""
Where the name of a unit, a group of units or a post ends in running text, and how a list of them parts.

Names are cut from the text as written. Where the end of a name cannot be told, there is no name.
"""

import re

from workflow.patterns import expression
from workflow.reading.vocabulary import BARE_HEADS, GROUP_NOUNS, HEADS, NO_TAIL, PLAIN_HEADS, SCOPE, STOPS
from workflow.reading.words import bare_end, low, squeeze

_WORD = expression(r"\S+")
_TRIM = '“”"‘’()[].,;:'

_HEAD_SETS = {size: {head for head in HEADS if head.count(" ") == size - 1} for size in (1, 2, 3)}
_PLAIN_SETS = {size: {head for head in PLAIN_HEADS if head.count(" ") == size - 1} for size in (1, 2, 3, 4)}
_PHRASES = (
    "bảo hiểm xã hội",
    "cơ quan có thẩm quyền",
    "cấp có thẩm quyền",
    "cấp thẩm quyền",
    "cơ quan, cấp có thẩm quyền",
)
# "Ban hành" is no Ban, "Phòng, chống" no Phòng.
_NO_HEAD = expression(
    r"(?:ban hành|ban đầu|phòng, chống|phòng chống|phòng ngừa|phòng cháy|báo cáo|báo chí|hội nghị|hội thảo|hội "
    r"thi|hội nhập"
    r"|hội diễn|hội thao|đoàn kết|đoàn công tác|tổ chức(?!\s+(?:chính|đảng|đoàn|hành chính|công đoàn|cơ sở))"
    r"|trường hợp|viện dẫn"
    r"|khoa học|khu vực|đội ngũ|nhà nước|thanh tra(?!\s+(?:sở|ban|tỉnh|bộ|chính phủ|huyện|thành phố|thị xã|nhân dân"
    r"|nhà nước))"
    r"|lãnh đạo, |lãnh đạo chỉ đạo|các nội dung|các nhiệm vụ|các văn bản|các hoạt động|các hình thức|các quy định"
    r"|các biện pháp|các giải pháp|các chỉ tiêu|các mục tiêu|các chính sách|các chương trình|các dự án|các đề án"
    r"|các kế hoạch|các phong trào|các tiêu chí|các năm|các bước|các khoản|các loại|các công trình|các hành vi|các vấn đề"
    r"|các vướng mắc|các khó khăn|các tài liệu|các lớp|các điều|các thủ tục|các báo cáo|các kết quả|các quy trình"
    r"|các tầng lớp|các phương|các mặt|các hội nghị|các cuộc|các lĩnh vực|các công việc|các nguồn|các điều kiện"
    r"|các yêu cầu|các mô hình|các sản phẩm|các thông tin|các quyền|các ngày|các tháng|các quý|các đợt|các giai đoạn"
    r"|hạt nhân|viện trợ|quỹ đất|quỹ tiền|bộ luật|bộ máy|bộ tiêu chí|bộ chỉ số|bộ thủ tục|trạm thu|tổ quốc"
    r"|khu dân cư|nhà ở|kế toán trưởng đơn|từng bước|mỗi năm|từng năm|từng loại|từng nội dung|từng nhiệm vụ|từng lĩnh vực"
    r"|từng thời|từng trường|từng đối|mỗi người|mỗi nhiệm|công ty mẹ con|vụ việc|vụ án|vụ mùa)(?!\w)"
)
_GROUP = expression(
    r"(?:các|từng|mỗi|toàn thể|những)\s+(?:cơ quan|đơn vị|phòng|ban|sở|ngành|cấp|tổ chức|hội|đoàn thể|huyện|xã|phường|thị"
    r"|thành|địa phương|trung tâm|bộ|trường|cán bộ|công chức|viên chức|chi cục|cục|doanh nghiệp|phó giám đốc|phó chủ tịch"
    r"|pgđ|pgd|hợp tác xã|trưởng|giám đốc|chủ tịch|thủ trưởng|trạm|bệnh viện|tổ|chi bộ|thôn|cá nhân|lãnh đạo"
    r"|thành viên|ủy "
    r"viên|nhà trường|cơ sở|đảng|vụ|viện|khoa|báo"
    r"|ubnd|ủy ban|chi đoàn|tập thể|chủ đầu tư|đồng chí|khu phố|đội|hộ)(?!\w)"
)
_STOP_SETS = {size: {stop for stop in STOPS if stop.count(" ") == size - 1} for size in (1, 2, 3)}
# The second syllable of another word: "thành lập" stops a name, "công lập" does not.
_COMPOUNDS = {
    "lập": ("công", "độc"),
    "việc": ("vụ", "giải", "công"),
    "làm": ("việc",),
    "ký": ("đăng",),
    "tiếp": ("trực", "tài"),
    "cử": ("bầu",),
    "theo": ("kèm",),
    "là": ("tức",),
}
# "Ban kiểm tra nội bộ", "Đoàn kiểm tra", "Hội đồng thẩm định": the first words after these heads are of the name.
_DOING_HEADS = {"ban", "tổ", "đoàn", "đội", "nhóm"}
_JOINERS = {"và", "-", "–", "&", "cùng"}
_LIMIT = 45


def is_unit(text: str, at: int = 0) -> bool:
    """Whether a name of a unit, group or post begins here."""
    lowered = low(text[at : at + 60])
    if _NO_HEAD.match(lowered):
        return False
    if _GROUP.match(lowered):
        return True
    if lowered.startswith(_PHRASES):
        return True
    words = _WORD.findall(lowered)[:4]
    if not words:
        return False
    capital = text[at].isupper()
    for size in (4, 3, 2, 1):
        head = " ".join(words[:size]).rstrip(_TRIM)
        if len(words) >= size and (
            head in _PLAIN_SETS.get(size, ())
            or (capital and head in _HEAD_SETS.get(size, ()) and head != "các")
        ):
            return "," not in " ".join(words[: size - 1])
    return False


def name_at(text: str, at: int = 0, *, several: bool = False) -> tuple[str, int] | None:
    """
    (name as written, end) of the unit that begins at `at`; None where none does or its end cannot be told.

    `several`: go on over a list ("UBND tỉnh, Sở Nội vụ").
    """
    if not is_unit(text, at):
        return None
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, at, min(len(text), at + 400))][:_LIMIT]
    lowered = [low(word) for _, _, word in words]
    end, unknown, place = at, 0, 0
    head = lowered[0].strip(_TRIM)
    doing = 1 if head in _DOING_HEADS else 2 if low(text[at : at + 8]) == "hội đồng" else 0
    while place < len(words):
        _, stop, word = words[place]
        if place and word[0] in '([“"':
            break
        bare_word = lowered[place].strip(_TRIM)
        if (
            place
            and not (place == doing and bare_word not in ("hành", "đã", "sẽ"))
            and _stops(words, lowered, place)
        ):
            break
        if bare_word in _JOINERS and place:
            # "Văn phòng UBND xã - Theo dõi …": a dash after the whole of a name begins what it does.
            dashed = word in "-–" and lowered[place - 1] in _WHOLE
            if (
                dashed
                or place + 1 >= len(words)
                or not _goes_on(text, words, lowered, place + 1, several=several)
            ):
                break
        elif place and word[0].islower() and (bare_word not in SCOPE or _half(lowered, place)):
            # "Văn phòng Sở lo nước uống": after the whole of a name a small word is what the unit does.
            if place > 1 and lowered[place - 1] in _WHOLE and lowered[place - 2] != "cơ":
                break
            unknown += 1
            if unknown > 8:
                return None
        elif not word[0].islower():
            unknown = 0
        end = stop
        place += 1
        last = word[-1]
        if (
            last in ":;)"
            or (last == "." and not re.match(r"(?:TP|TX|TT|P|Q)\.$", word))
            or word.endswith("./")
        ):
            break
        if last == "," and (
            place >= len(words)
            or not (
                _goes_on(text, words, lowered, place, several=several, comma=True)
                or (head in _INNER and _name_tail(words, lowered, place))
            )
        ):
            break
    end = _without_adverb(words, lowered, place, end)
    name = squeeze(text[at:end]).rstrip(",;:.()[]/ ")
    while name.split(" ")[-1].lower() in _JOINERS:
        name = name.rsplit(" ", 1)[0].rstrip(", ")
    if low(name) in BARE_HEADS:
        return None
    return name, at + len(text[at:end].rstrip(",;:.()[]/ "))


def _without_adverb(words: list[tuple[int, int, str]], lowered: list[str], place: int, end: int) -> int:
    """ "các phòng, đơn vị gấp rút làm …": one strange small word after small ones of a group is how they do it."""
    if place < 3 or place >= len(words):
        return end
    last, before = lowered[place - 1], lowered[place - 2].strip(_TRIM)
    strange = last.isalpha() and words[place - 1][2].islower() and last not in SCOPE
    if strange and before in SCOPE and words[place - 2][2].islower() and _stops(words, lowered, place):
        return words[place - 2][1]
    return end


# The last word of a whole name, and the small words that are only half of one that goes on.
_WHOLE = {"sở", "tỉnh", "huyện", "xã", "phường", "bộ", "trấn", "ubnd", "hđnd"}
_INNER = {"phòng", "ban", "khoa", "bộ", "tổ", "sở", "trung", "chi"}


def _half(lowered: list[str], place: int) -> bool:
    """ "trực" goes on with a name only in "trực thuộc"."""
    return lowered[place] == "trực" and (
        place + 1 >= len(lowered) or not lowered[place + 1].startswith("thuộc")
    )


def _name_tail(words: list[tuple[int, int, str]], lowered: list[str], place: int) -> bool:
    """ "Phòng Phổ biến, giáo dục pháp luật đôn đốc …": small words that go on with a name, up to what the unit does."""
    before = lowered[place - 1].strip(_TRIM)
    if before in _WHOLE or lowered[place].strip(_TRIM) in NO_TAIL or not words[place][2][0].islower():
        return False
    for ahead in range(place, min(place + 6, len(words))):
        if ahead > place and _stops(words, lowered, ahead):
            return ahead - place >= 2
        if not words[ahead][2][0].islower():
            return False
        if words[ahead][2][-1] in ",;:.)":
            return words[ahead][2][-1] in ";:." and ahead - place >= 1
    return False


# "Sở Y tế 6 tháng": how often or how long, not the number of a unit ("Phường 5 tháng 6/2026").
_SPELT = {"ba", "sáu", "chín"}
_SPAN = {"tháng", "tuần", "ngày", "lần"}


def _counts(lowered: list[str], place: int) -> bool:
    """Whether a number here counts months or days and so ends a name."""
    if place + 1 >= len(lowered) or lowered[place - 1] == "số":
        return False
    number, unit = lowered[place], lowered[place + 1].split("/")[0].strip(_TRIM)
    dated = place + 2 < len(lowered) and lowered[place + 2][0].isdigit()
    return (number.isdigit() or number in _SPELT) and len(number) <= 4 and unit in _SPAN and not dated


def _stops(words: list[tuple[int, int, str]], lowered: list[str], place: int) -> bool:
    if place and _counts(lowered, place):
        return True
    if not words[place][2][0].islower():
        return False
    before = lowered[place - 1].strip(_TRIM)
    here = [word.strip(_TRIM) for word in lowered[place : place + 3]]
    for size in (3, 2, 1):
        phrase = " ".join(here[:size])
        if len(here) < size or phrase not in _STOP_SETS[size]:
            continue
        after = " ".join(here[size : size + 1])
        if phrase == "tổ chức" and (
            before in ("các", "quan", "quan,", "cơ", "những") or after in ("chính", "đoàn", "đảng")
        ):
            return False
        if phrase == "xây dựng" and after == "đảng":
            return False
        if phrase == "xây dựng" and before in ("tư", "án", "công", "kỹ"):
            return False
        if phrase in (
            "giao",
            "đổi mới",
            "kiểm soát",
            "truyền thông",
            "quản lý",
            "nghiên cứu",
            "ứng dụng",
            "thống kê",
        ):
            return before not in ("chuyển", "và")
        if before in _COMPOUNDS.get(phrase, ()):
            return False
        if phrase == "thường trực" and before in ("trưởng", "tịch", "quan", "bộ phận"):
            return False
        if phrase == "trong" and after in ("tỉnh", "ngành", "cơ"):
            return False
        return not (phrase == "tự" and after == "nguyện")
    return False


_CITED = expression(
    r"(?:Kế hoạch|Quyết định|Chỉ thị|Nghị quyết|Nghị định|Công văn|Thông tư|Chương trình|Thông báo|Luật|Kết luận"
    r"|Hướng dẫn|Văn bản|Đề án|Báo cáo|Tờ trình|Công điện)\s+(?:số\s*)?[\d:.…]"
)


def _goes_on(
    text: str,
    words: list[tuple[int, int, str]],
    lowered: list[str],
    place: int,
    *,
    several: bool,
    comma: bool = False,
) -> bool:
    start, _, word = words[place]
    if word[0].islower():
        if _stops(words, lowered, place):
            return False
        if _GROUP.match(" ".join(lowered[place : place + 3])):
            return several or not comma
        return lowered[place].strip(_TRIM) in GROUP_NOUNS or (several and is_unit(text, start))
    if is_unit(text, start):
        return several
    return word[0].isalpha() and not _CITED.match(text, start)


_NOBODY = {"không", "không có", "chưa rõ", "chưa có", "chưa xác định", "không phân công"}
_PARTING = expression(r"\s*;\s*|\s*\n\s*|,\s+|\s+(?:và|cùng với|cùng)\s+|\s+/\s+|\s*\+\s+")


def split_names(value: str, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """
    The units of a list such as "Văn phòng Sở và các đơn vị thuộc Sở".

    ";" always parts; "," and "và" only before the beginning of another unit, for names hold both.
    """
    value = bare_end(value)
    spans = _known_spans(value, known)
    found, start = [], 0
    for part in _PARTING.finditer(value):
        if any(begin < part.start() < end for begin, end in spans) or _inside(value, part.start()):
            continue
        left = value[start : part.start()]
        if ";" not in part[0] and (
            not _begins(value, part.end(), after=left) or low(left.strip()) in BARE_HEADS
        ):
            continue
        if _COUNCIL.search(low(value[max(0, part.start() - 24) : part.start()])) and "và" in part[0]:
            continue
        found.append(value[start : part.start()])
        start = part.end()
    found.append(value[start:])
    names = (bare_end(re.sub(r"^(?:và|cùng|với)\s+", "", squeeze(name))) for name in found)
    return tuple(dict.fromkeys(name for name in names if name and not names_nobody(name)))


def names_nobody(value: str) -> bool:
    """Whether what stands after a label says that there is nobody: "Đơn vị phối hợp: Không"."""
    return low(bare_end(value)) in _NOBODY


# "Văn phòng HĐND và UBND xã" is one office.
_COUNCIL = expression(
    r"(?:văn phòng|lãnh đạo|thường trực|văn phòng đoàn đbqh và)\s(?:đoàn đbqh|hđnd|hội đồng nhân dân)$"
)


def _inside(value: str, at: int) -> bool:
    return value.count("(", 0, at) > value.count(")", 0, at)


def _begins(value: str, at: int, *, after: str) -> bool:
    if not is_unit(value, at):
        # "Bưu điện tỉnh, Viettel Hòa An": after the whole of a name a capital begins another.
        whole = after.split()[-1:] != [] and after.split()[-1].lower() in _WHOLE
        return whole and value[at : at + 1].isupper()
    head = low(value[at : at + 14])
    # "Phòng Tổ chức và Thanh tra" is one name; "các phòng, ban, đơn vị" one group.
    return (
        value[at].isupper()
        or bool(_GROUP.match(low(value[at : at + 40])))
        or head.startswith(("ubnd", "văn phòng"))
    )


def _known_spans(value: str, known: tuple[str, ...]) -> list[tuple[int, int]]:
    lowered, spans = low(value), []
    for name in sorted(known, key=len, reverse=True):
        at = lowered.find(low(name)) if name else -1
        if at >= 0:
            spans.append((at, at + len(name)))
    return spans


_ASK = expression(
    r"(?:(?:đề nghị|yêu cầu|giao|phân công|giao cho|kính đề nghị|trân trọng đề nghị)\s+(?:cho\s+)?)?"
)


# Words that end a name without saying that the unit does anything.
_NO_VERB = expression(
    r"(?:ngày|tháng|quý|năm|số|từ|đến|về|kết quả|tình hình|việc|cho|với|bằng|đúng|như|trước|sau|vào|hết)(?!\w)"
)


def subject_of(text: str) -> tuple[str, int] | None:
    """
    (unit or units a sentence speaks of first, end), with "Giao", "Đề nghị" passed over.

    None where what follows the name may be more of it.
    """
    asked = _ASK.match(low(text[:60]))
    start = asked.end() if asked else 0
    found = name_at(text, start, several=True)
    if found is None:
        return None
    name, end = found
    after = low(text[end : end + 60]).lstrip()
    if not after or after[0] in ":(":
        return found
    if after[0] in ",.;" or _NO_VERB.match(after) or after.startswith(("và ", "- ")):
        small = 0
        for word in reversed(name.split()):
            if not word[0].islower() or (word.strip(_TRIM) in SCOPE and word != "trực"):
                break
            small += 1
        return None if small >= 2 or after.startswith("và ") else found
    return found
