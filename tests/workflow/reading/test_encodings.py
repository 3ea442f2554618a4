"""Old encodings are told by how Vietnamese comes out of them; what is anything else is never touched."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.reading.texts import ALL, raw
from workflow.errors import Unreadable
from workflow.reading import take_in
from workflow.reading.cleaning import normal
from workflow.reading.encodings import decoded, mended
from workflow.reading.intake import take_text
from workflow.reading.legacy import TCVN3, VNI, from_tcvn3, from_vni
from workflow.reading.syllables import is_syllable

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
SENTENCE = """
thực hiện kế hoạch của tỉnh về dân chủ ở cơ sở các đơn vị chủ trì phối hợp báo cáo kết quả trước ngày hằng năm tổng hợp
gửi Sở Nội vụ nghiệp vụ chuyển đổi số nhiệm vụ trọng tâm đúng thời hạn được giao xây dựng quy chế
"""
WORDS = SENTENCE.split()
FOREIGN = {
    "french": "Le Conseil a décidé, après délibération, que l'été précédent a été très chaud à l'île où l'œuvre a été "
    "créée par un élève français; voilà pourquoi ça reste « important » et dès lors réglé.",
    "german": "Die Behörde prüft über die Größe der Fläche für Straßen, Brücken, Plätze; schöne Grüße aus München, "
    "möglichst früh, natürlich höflich und gemäß Gesetz.",
    "spanish": "El año pasado la administración pública aprobó según la ley más señales, también en España: ¿qué pasó? "
    "¡Qué niño más pequeño! Además, el corazón habló así.",
    "swedish": "Så här går det när kön är lång på våren; därför bör man gå före dörren så att åtgärden får en följd.",
    "portuguese": "A região não tem condições: são três estações, avós, pão, mãe e irmã; a câmara já está à espera.",
    "symbols": "± 5 °C; © 2026 · § 12 «a» µm ½ ¼ ¾ × ÷ ¹ ² ³ " * 6,
    "english": "The naïve café owner’s résumé was a cliché; the rôle of façade and élite was à la mode in Zoë’s opinion.",
    "danish": "Også på øen får børnene frugt; den største å løber mod søen, og æblerne smager sødt på færøerne.",
}


def to_tcvn3(text: str) -> str:
    """As an old font wrote it: a toned capital is the small letter's code, shown large by its font."""
    codes = {letter: code for code, letter in TCVN3.items()}
    return "".join(
        codes.get(char) or codes.get(char.lower(), char) for char in unicodedata.normalize("NFC", text)
    )


def to_vni(text: str) -> str:
    codes: dict[str, str] = {}
    for code, letter in VNI.items():
        codes.setdefault(letter, code)
    return "".join(codes.get(char, char) for char in unicodedata.normalize("NFC", text))


def to_cp1258(text: str) -> bytes:
    """A letter with its roof or horn is one code, its tone another after it."""
    made = b""
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(sign for sign in apart if sign in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in tones))
        made += (base + tones).encode("cp1258")
    return made


def test_every_letter_has_one_place_in_each_table():
    assert {from_tcvn3(to_tcvn3(letter)) for letter in LETTERS} == set(LETTERS)
    assert {from_vni(to_vni(letter)) for letter in LETTERS + LETTERS.upper()} == set(
        LETTERS + LETTERS.upper()
    )
    assert len(set(TCVN3.values())) == len(TCVN3) == 74


def test_the_words_of_the_country_as_old_papers_show_them():
    assert from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert from_tcvn3("§éc lËp - Tù do - H¹nh phóc") == "Độc lập - Tự do - Hạnh phúc"
    assert from_tcvn3("KÕ HO¹CH") == "KẾ HOẠCH"
    assert from_tcvn3("kÕ ho¹ch", capitals=True) == "KẾ HOẠCH"
    assert from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert from_vni("ÑOÄC LAÄP - TÖÏ DO") == "ĐỘC LẬP - TỰ DO"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
def test_every_text_comes_back_from_every_old_encoding(name, encoding):
    text = unicodedata.normalize("NFC", raw(name).decode("utf-8-sig")).replace("“", '"').replace("”", '"')
    text = text.replace("–", "-").replace("…", "...").replace("’", "'").replace("−", "-")
    data = {
        "tcvn3": lambda: to_tcvn3(text).encode("latin-1", "replace"),
        "vni": lambda: to_vni(text).encode("latin-1", "replace"),
        "cp1258": lambda: to_cp1258("".join(c if _fits(c) else "?" for c in text)),
    }[encoding]()
    taken = take_in(data, "cu.txt")
    assert taken.encoding == encoding
    assert [warning.code for warning in taken.warnings] == ["legacy_encoding"]
    told = normal("".join(c if _fits(c) else "?" for c in text))
    if encoding == "tcvn3":
        assert taken.text.lower() == told.lower()
    else:
        assert taken.text == told


def _fits(char: str) -> bool:
    try:
        to_cp1258(char)
    except UnicodeEncodeError:
        return False
    return char < "\u0100" or unicodedata.category(char)[0] in "LM"


@given(
    st.lists(st.sampled_from(WORDS), min_size=40, max_size=120), st.sampled_from(["tcvn3", "vni", "cp1258"])
)
@settings(max_examples=120)
def test_words_in_any_order_come_back_equal(words, encoding):
    text = " ".join(words)
    if sum(not word.isascii() for word in set(words)) < 12:
        return
    data = {"tcvn3": to_tcvn3, "vni": to_vni}.get(encoding)
    coded = data(text).encode("latin-1") if data else to_cp1258(text)
    found = decoded(coded)
    assert (normal(found.text), found.encoding) == (text, encoding)


@pytest.mark.parametrize("name", ALL)
def test_a_unicode_text_is_never_touched(name):
    text = raw(name).decode("utf-8-sig")
    assert mended(text, "utf-8").text == text
    assert take_in(text.encode()).encoding == "utf-8"


@pytest.mark.parametrize("language", FOREIGN)
def test_another_language_is_never_taken_for_an_old_encoding(language):
    text = FOREIGN[language]
    assert mended(text, "utf-8").text == text
    assert mended(f"Kế hoạch năm 2026\n{text}\n", "utf-8").text.endswith(f"{text}\n")
    with pytest.raises(Unreadable, match="encoding"):
        decoded((text + " ").replace("’", "'").replace("œ", "oe").encode("latin-1") * 3)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=("Cs",)), max_size=400))
@settings(max_examples=300)
def test_no_chance_text_is_touched(text):
    assert mended(text, "utf-8").text == text


@given(st.binary(max_size=600))
@settings(max_examples=300)
def test_chance_bytes_are_refused_or_are_what_they_are(data):
    try:
        told = decoded(data).encoding
    except Unreadable as refused:
        told = refused.reason
    assert told in ("utf-8", "utf-16", "binary", "encoding")


def test_lines_in_an_old_font_among_others_are_put_right_and_told():
    old = to_tcvn3("Đơn vị chủ trì tổng hợp kết quả thực hiện kế hoạch, báo cáo trước ngày hội nghị")
    text = f"KẾ HOẠCH năm 2026\n{old}\nNơi nhận: Sở Nội vụ"
    taken = take_text(text)
    assert taken.text == text.replace(
        old, "Đơn vị chủ trì tổng hợp kết quả thực hiện kế hoạch, báo cáo trước ngày hội nghị"
    )
    assert taken.warnings[0].message.startswith("Một phần văn bản dùng bảng mã TCVN3 (ABC)")


def test_too_few_words_prove_nothing():
    with pytest.raises(Unreadable, match="encoding"):
        decoded(to_tcvn3("Kế hoạch").encode("latin-1"))
    assert mended("ViÖt Nam", "utf-8").text == "ViÖt Nam"


@pytest.mark.parametrize(
    "word", ["nghiêng", "được", "Quốc", "giữa", "khuyến", "ĐẶC", "ước", "thuở", "ngoằn", "quý"]
)
def test_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hãch", "naïve", "ngã́", "bcđ", "ưỡngh", "thờc", "Größe", "xxx"])
def test_what_cannot_be_spoken_is_none(word):
    assert not is_syllable(word)
