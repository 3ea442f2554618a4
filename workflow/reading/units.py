"""
Where the name of a unit, a group of units or a post ends in running text, and how a list of them parts.

Names are cut from the text as written. Where the end of a name cannot be told, there is no name.
"""

import re

from workflow.reading.words import bare_end, low, squeeze

_WORD = re.compile(r"\S+")
_TRIM = "“”\"‘’()[].,;:"

# What a name begins with: a capital is asked for, unless a lower-case form is listed among the plain ones.
_HEADS = (
    "sở|phòng|ban|văn phòng|vp|trung tâm|chi cục|cục|tổng cục|thanh tra|ủy ban|ubnd|hđnd|hội đồng|bộ|công an|bộ chỉ huy|"
    "hội|đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|xã đoàn|liên đoàn|liên minh|công đoàn|mặt trận|ubmttq|ủy ban mttq|trường|"
    "bệnh viện|trạm|kho bạc|bảo hiểm xã hội|báo|đài|tòa án|viện|chi nhánh|ngân hàng|tổ|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|"
    "đảng bộ|chi bộ|chi ủy|chính phủ|thủ tướng|quốc hội|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|chánh văn phòng|"
    "trưởng|trưởng phòng|thủ trưởng|lãnh đạo|hiệu trưởng|người đứng đầu|đội|quỹ|công ty|hạt|khoa|bộ phận|thường trực|"
    "ban giám đốc|nhà|thư viện|bảo tàng|khu|học viện|đại học|bộ trưởng|bí thư|chi đoàn|hợp tác xã|doanh nghiệp|kế toán|"
    "công chức|cán bộ|viên chức|cơ quan|đơn vị|tổ chức|các|mỗi|từng|toàn thể|vụ|ttyt|vpubnd|lđvp|syt|cđ|đtn"
).split("|")
_HEAD_SETS = {size: {head for head in _HEADS if head.count(" ") == size - 1} for size in (1, 2, 3)}
_PLAIN_HEADS = (
    "văn phòng sở|văn phòng ủy ban|văn phòng hđnd|văn phòng ubnd|lãnh đạo sở|lãnh đạo ủy ban|lãnh đạo ubnd|lãnh đạo văn phòng|"
    "ban giám đốc|giám đốc sở|trưởng các|thủ trưởng các|lãnh đạo các|thủ trưởng|người đứng đầu|cơ quan có thẩm quyền|"
    "cấp có thẩm quyền|cơ quan cấp trên|cơ quan chủ quản|cấp trên|cơ quan chức năng|ubnd|chủ tịch ubnd|"
    "phòng chuyên môn|công chức|bộ phận|cơ quan thường trực|thường trực|ban chỉ đạo|tổ công tác|phòng tổng hợp"
).split("|")
_PLAIN_SETS = {size: {head for head in _PLAIN_HEADS if head.count(" ") == size - 1} for size in (1, 2, 3, 4)}
_PHRASES = ("cơ quan có thẩm quyền", "cấp có thẩm quyền", "cấp thẩm quyền", "cơ quan, cấp có thẩm quyền")
# "Ban hành" is no Ban, "Phòng, chống" no Phòng.
_NO_HEAD = re.compile(
    r"(?:ban hành|ban đầu|phòng, chống|phòng chống|phòng ngừa|phòng cháy|báo cáo|báo chí|hội nghị|hội thảo|hội thi|hội nhập"
    r"|hội diễn|hội thao|đoàn kết|đoàn công tác|tổ chức(?!\s+(?:chính|đảng|đoàn|hành chính|công đoàn|cơ sở))|trường hợp|viện dẫn"
    r"|khoa học|khu vực|đội ngũ|nhà nước|thanh tra(?!\s+(?:sở|tỉnh|bộ|chính phủ|huyện|thành phố|thị xã|nhân dân|nhà nước))"
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
_GROUP = re.compile(
    r"(?:các|từng|mỗi|toàn thể|những)\s+(?:cơ quan|đơn vị|phòng|ban|sở|ngành|cấp|tổ chức|hội|đoàn thể|huyện|xã|phường|thị"
    r"|thành|địa phương|trung tâm|bộ|trường|cán bộ|công chức|viên chức|chi cục|cục|doanh nghiệp|phó giám đốc|phó chủ tịch"
    r"|pgđ|pgd|trưởng|giám đốc|chủ tịch|thủ trưởng|trạm|bệnh viện|tổ|chi bộ|thôn|cá nhân|lãnh đạo|thành viên|ủy viên|nhà trường|cơ sở|đảng|vụ|viện|khoa|báo"
    r"|ubnd|ủy ban|chi đoàn|tập thể|chủ đầu tư|đồng chí|khu phố|đội|hộ)(?!\w)"
)
# Words that go on with a name though they are small.
_SCOPE = set(
    "thuộc trực các và của tỉnh huyện xã phường thị trấn thành phố quận thôn cơ quan đơn vị phòng ban sở ngành cấp địa phương "
    "trung tâm bộ phận trên địa bàn liên chuyên môn nghiệp vụ công chức viên người lao động sự lập chức năng tổ chức đoàn "
    "thể cán chính trị - – xã hội khu vực nhà nước nhân dân chi nhánh cục trường học có thẩm quyền hành sản xuất kinh doanh "
    "trạm bệnh viện y tế cá hội đảng cơ sở phó giám đốc trưởng thủ văn ủy viên thành lãnh đạo phụ trách mình tại nêu khác "
    "toàn & ubnd hđnd này".split()
)
# Words that end a name: what the unit does, or how and when.
_STOPS = (
    "theo dõi|hướng dẫn|kiểm tra|đôn đốc|triển khai|thực hiện|xây dựng|ban hành|chủ trì|phối hợp|tham mưu|có trách nhiệm|"
    "chịu trách nhiệm|chủ động|tăng cường|đăng|báo cáo|phản ánh|tổng hợp|căn cứ|theo|trong|để|nhằm|trước|sau|khi|kết quả|"
    "tình hình|đúng|xem xét|chỉ đạo|phê duyệt|quyết định|giải quyết|kịp thời|định kỳ|hằng|hàng|chậm nhất|muộn nhất|qua|"
    "thông qua|về|gửi|trình|việc|nghiêm túc|tiếp tục|quán triệt|phổ biến|tuyên truyền|rà soát|bố trí|đảm bảo|bảo đảm|cân đối|"
    "lập|tiếp nhận|cung cấp|thẩm định|đề xuất|hoàn thành|hoàn thiện|đưa|tập trung|tích cực|quan tâm|phân công|cử|giao|được|"
    "phải|cần|là|làm|đẩy mạnh|nâng cao|duy trì|cập nhật|thông báo|thông tin|vận động|huy động|lồng ghép|chuẩn bị|đề nghị|"
    "yêu cầu|khẩn trương|thường xuyên|hỗ trợ|giám sát|đánh giá|biết|từ|đến|cho|với|bằng|nếu|mà|đã|đang|sẽ|tự|cùng|ngoài|"
    "chấp hành|công khai|niêm yết|xác định|khai thác|vận hành|lựa chọn|giúp|thành lập|sẵn sàng|chỉ|"
    "góp ý|tổng kết|sơ kết|khảo sát|tập huấn|bồi dưỡng|đào tạo|giới thiệu|nắm|đồng thời|như|hoặc|nhưng|trừ|biên soạn|"
    "thu thập|xử lý|tổ chức|quản lý|sử dụng|truyền thông|bổ sung|điều chỉnh|đổi mới|phát động|phát huy|phấn đấu|"
    "cam kết|ký|nộp|thống nhất|tham gia|thống kê|đăng ký|vào|ngay|hết|ngày|tháng|quý|năm|"
    "có thể|có kế hoạch|có văn bản|có biện pháp|có giải pháp|có báo cáo|không|chưa|còn|cũng|đều|cùng với|kiến nghị|"
    "phục vụ|trực tiếp|vướng mắc|khó khăn|tiến hành|kiện toàn|củng cố|khen thưởng|nhắc nhở|xử phạt|kiểm soát|bám sát|"
    "làm đầu mối|thường trực|chi trả|thanh toán|quyết toán|tiếp|nghiên cứu|ứng dụng|hạch toán|rút"
).split("|")
_STOP_SETS = {size: {stop for stop in _STOPS if stop.count(" ") == size - 1} for size in (1, 2, 3)}
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
_GROUP_NOUNS = set(
    "ban đơn phòng sở ngành cơ trung tổ cá địa xã phường thị thành huyện nghiệp đoàn bộ cấp chi trường viên công người hội "
    "cán doanh quận nhà trạm đảng khu".split()
)
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
            head in _PLAIN_SETS.get(size, ()) or (capital and head in _HEAD_SETS.get(size, ()) and head != "các")
        ):
            return not ("," in " ".join(words[: size - 1]))
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
    while place < len(words):
        start, stop, word = words[place]
        if place and word[0] in "([“\"":
            break
        bare_word = lowered[place].strip(_TRIM)
        if place and _stops(words, lowered, place):
            break
        if bare_word in _JOINERS and place:
            if place + 1 >= len(words) or not _goes_on(text, words, lowered, place + 1, several=several):
                break
        elif place and word[0].islower() and bare_word not in _SCOPE:
            unknown += 1
            if unknown > 8:
                return None
        elif not word[0].islower():
            unknown = 0
        end = stop
        place += 1
        last = word[-1]
        if last in ":;)" or (last == "." and not re.match(r"(?:TP|TX|TT|P|Q)\.$", word)) or word.endswith("./"):
            break
        if last == "," and (
            place >= len(words) or not _goes_on(text, words, lowered, place, several=several, comma=True)
        ):
            break
    name = squeeze(text[at:end]).rstrip(",;:.()[]/ ")
    while name.split(" ")[-1].lower() in _JOINERS:
        name = name.rsplit(" ", 1)[0].rstrip(", ")
    if len(name) < 2 or low(name) in ("các", "mỗi", "từng", "toàn thể", "trưởng", "tổ", "nhà"):
        return None
    return name, at + len(text[at:end].rstrip(",;:.()[]/ "))


def _stops(words: list[tuple[int, int, str]], lowered: list[str], place: int) -> bool:
    if not words[place][2][0].islower():
        return False
    before = lowered[place - 1].strip(_TRIM)
    here = [word.strip(_TRIM) for word in lowered[place : place + 3]]
    for size in (3, 2, 1):
        phrase = " ".join(here[:size])
        if len(here) < size or phrase not in _STOP_SETS[size]:
            continue
        after = " ".join(here[size : size + 1])
        if phrase == "tổ chức" and (before in ("các", "quan", "quan,", "cơ", "những") or after in ("chính", "đoàn", "đảng")):
            return False
        if phrase == "xây dựng" and before in ("tư", "án", "công", "kỹ"):
            return False
        if phrase in ("giao", "đổi mới", "kiểm soát", "truyền thông", "quản lý", "nghiên cứu", "ứng dụng", "thống kê"):
            return before not in ("chuyển", "và")
        if before in _COMPOUNDS.get(phrase, ()):
            return False
        if phrase == "thường trực" and before in ("trưởng", "tịch", "quan", "bộ phận"):
            return False
        if phrase == "trong" and after in ("tỉnh", "ngành", "cơ"):
            return False
        return not (phrase == "tự" and after == "nguyện")
    return False


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
        return lowered[place].strip(_TRIM) in _GROUP_NOUNS or (several and is_unit(text, start))
    if is_unit(text, start):
        return several
    return word[0].isalpha()


_PARTING = re.compile(r"\s*;\s*|\s*\n\s*|,\s+|\s+(?:và|cùng với|cùng)\s+|\s+/\s+|\s*\+\s+")


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
        if ";" not in part[0] and not _begins(value, part.end()):
            continue
        found.append(value[start : part.start()])
        start = part.end()
    found.append(value[start:])
    names = (bare_end(re.sub(r"^(?:và|cùng|với)\s+", "", squeeze(name))) for name in found)
    return tuple(dict.fromkeys(name for name in names if name))


def _inside(value: str, at: int) -> bool:
    return value.count("(", 0, at) > value.count(")", 0, at)


def _begins(value: str, at: int) -> bool:
    if not is_unit(value, at):
        return False
    head = low(value[at : at + 14])
    # "Phòng Tổ chức và Thanh tra" is one name; "các phòng, ban, đơn vị" one group.
    return value[at].isupper() or bool(_GROUP.match(low(value[at : at + 40]))) or head.startswith(("ubnd", "văn phòng"))


def _known_spans(value: str, known: tuple[str, ...]) -> list[tuple[int, int]]:
    lowered, spans = low(value), []
    for name in sorted(known, key=len, reverse=True):
        at = lowered.find(low(name)) if name else -1
        if at >= 0:
            spans.append((at, at + len(name)))
    return spans


_ASK = re.compile(r"(?:(?:đề nghị|yêu cầu|giao|phân công|giao cho|kính đề nghị|trân trọng đề nghị)\s+(?:cho\s+)?)?")


def subject_of(text: str) -> tuple[str, int] | None:
    """(unit or units a sentence speaks of first, end), with "Giao", "Đề nghị" passed over."""
    asked = _ASK.match(low(text))
    start = asked.end() if asked else 0
    return name_at(text, start, several=True)
