"""The font is the first that carries every letter; a folder of the office's own goes before the machine's."""

import time
from pathlib import Path

import pytest
import typst

from tests.workflow.writing.papers import ISSUED, Pages
from workflow.content import Content
from workflow.settings import read_settings
from workflow.writing import fonts
from workflow.writing.compiling import Broke, compiled
from workflow.writing.sheet import sheet_of
from workflow.writing.typeset import pdf


@pytest.fixture
def fresh():
    """What was chosen before is forgotten, before and after."""
    fonts.chosen_fonts.cache_clear()
    yield
    fonts.chosen_fonts.cache_clear()


def test_the_letters_are_all_of_vietnamese_in_both_cases():
    small = [sign for sign in fonts.VIETNAMESE if sign.islower()]
    assert len(small) == len(set(small)) == 67
    assert [sign.upper() for sign in small] == [sign for sign in fonts.VIETNAMESE if sign.isupper()]


def test_the_font_inside_typst_carries_every_letter():
    held = typst.Fonts(include_system_fonts=False)
    assert fonts.missing(fonts.LETTERS, fonts.BUILT_IN, held) is None
    assert fonts.missing("漢", fonts.BUILT_IN, held) == "漢"


def test_a_family_that_lacks_letters_is_passed_over(fresh, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    asked: list[str] = []
    real = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(
        fonts, "_offered", lambda own: iter([(tmp_path / "old", "Liberation Serif"), (tmp_path, "Tinos")])
    )
    monkeypatch.setattr(fonts, "_has_cuts", lambda held, family: True)

    def missing(text: str, family: str, held: typst.Fonts, **how: bool) -> str | None:
        asked.append(family)
        return "ơ" if family == "Liberation Serif" else None

    monkeypatch.setattr(fonts, "missing", missing)
    assert fonts.chosen_fonts().families == ("Tinos", fonts.BUILT_IN)
    assert asked == ["Liberation Serif", "Tinos"]
    assert real.families()


def test_without_any_of_the_families_the_paper_is_set_in_the_font_inside_typst(
    fresh, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fonts, "_offered", lambda own: iter(()))
    chosen = fonts.chosen_fonts()
    assert chosen.families == (fonts.BUILT_IN,)
    assert all(font.path is None for font in chosen.held.fonts()), "no file of this machine is used"


def test_a_folder_without_fonts_changes_nothing(tmp_path: Path):
    assert fonts.chosen_fonts(tmp_path).families == fonts.chosen_fonts().families
    assert pdf(sheet_of(Content(), ISSUED), font_dir=tmp_path).startswith(b"%PDF-")


def test_the_fonts_of_the_office_go_before_those_of_the_machine(fresh, monkeypatch: pytest.MonkeyPatch):
    own = next((Path(font.path).parent for font in typst.Fonts().fonts()
                if font.path and font.family in fonts.FAMILIES), None)  # fmt: skip
    if own is None:
        pytest.skip("no font of the list on this machine to stand for the office's own")
    places = [place for place, _ in fonts._offered([own])]
    assert places[0] == own


def test_the_setting_names_the_folder(tmp_path: Path):
    settings = read_settings({"TRINHKY_FONT_DIR": str(tmp_path / "phong")}, instance=tmp_path)
    assert settings.font_dir == tmp_path / "phong"
    assert read_settings({}, instance=tmp_path).font_dir is None


def test_signs_no_page_can_show_are_told_in_their_order_and_control_signs_are_none():
    assert fonts.unprintable("Kế hoạch 😀 漢 😀 \ue000") == ("😀", "漢", "\ue000")
    assert fonts.unprintable("Dòng một\nDòng hai\t\x07\ufeff ✓ ₫ … “”") == ()
    assert fonts.unprintable("o\u031b\u0323 e\u0302\u0301") == (), "marks that were typed apart"


def test_every_face_of_a_page_is_of_the_chosen_family():
    pages = Pages(sheet_of(Content(subject="Việc"), ISSUED))
    family = fonts.chosen_fonts().families[0].replace(" ", "")
    faces = {char["fontname"].partition("+")[2] for page in pages._plumbed.pages for char in page.chars}
    assert all(face.startswith(family) or face.startswith("TimesNewRoman") for face in faces), faces


def test_a_mark_that_no_font_sets_above_its_sign_is_named_and_others_are_not():
    assert fonts.unprintable("o\u0302\u0301 a\u0301 e\u0323") == (), "as keyboards of old wrote them"
    held = typst.Fonts(include_system_fonts=False)
    lacking = next(
        f"{sign}{mark}"
        for sign in "<≥w§"
        for mark in "\u20e3\u0489\u0360\u0338\u1ab0"
        if fonts.missing(mark, fonts.BUILT_IN, held, fallback=True) is None
        and fonts.missing(f"{sign}{mark}", fonts.BUILT_IN, held, fallback=True) is not None
    )
    for _ in range(2):
        assert fonts.unprintable(f"Việc {lacking} này") == (lacking[1],)
    many = "".join(f"{sign}\u0338\u0360" for sign in "ghklmnpqrstvx" * 9)
    start = time.perf_counter()
    fonts.unprintable(many)
    assert time.perf_counter() - start < 2


def test_signs_that_together_break_the_typesetter_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch):
    real = fonts.missing

    def breaking(text: str, *how: object, **more: object) -> str | None:
        if len(text) > 1 and "\ue123" in text:
            raise Broke("panicked")
        return real(text, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(fonts, "missing", breaking)
    assert fonts.unprintable("a \ue123 ⁂ \ue124") == ("\ue123", "\ue124")


def test_a_panic_of_the_typesetter_is_an_error_of_ours_and_anything_else_is_not():
    class PanicException(BaseException):
        """By the name of the library's own, which cannot be imported."""

    class Compiler:
        def __init__(self, error: BaseException) -> None:
            self.error = error

        def compile(self, **how: object) -> bytes:
            raise self.error

    with pytest.raises(Broke):
        compiled(Compiler(PanicException("index out of bounds")))  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        compiled(Compiler(KeyboardInterrupt()))  # type: ignore[arg-type]
