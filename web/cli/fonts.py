"""Whether the paper is set in Times, or in what has its widths; a sentence where it is not, never a refusal."""

from workflow.settings import Settings
from workflow.writing.fonts import FAMILIES, chosen_fonts

ADVICE = (
    "Văn bản được in bằng phông {family}: máy này không có Times New Roman, cũng không có phông thay thế đủ chữ Việt. "
    "Cài gói fonts-liberation2 (Debian, Ubuntu), hoặc chỉ thư mục phông của cơ quan bằng TRINHKY_FONT_DIR, rồi mở lại."
)
EMPTY = (
    "Thư mục TRINHKY_FONT_DIR ({folder}) không có phông nào dùng được ({families}, đủ chữ Việt, bốn kiểu chữ). "
    "Văn bản được in bằng phông {family}."
)


def font_advice(settings: Settings) -> str:
    """ "" where all is well. The first call in a process tries the fonts, a fifth of a second."""
    chosen = chosen_fonts(settings.font_dir)
    family = chosen.families[0]
    if settings.font_dir and chosen.folder != settings.font_dir:
        return EMPTY.format(folder=settings.font_dir, families=", ".join(FAMILIES), family=family)
    return "" if family in FAMILIES else ADVICE.format(family=family)
