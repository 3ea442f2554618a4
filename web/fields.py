"""The field WTForms lacks: a day typed the Vietnamese way, whatever the browser's language."""

from wtforms import DateField
from wtforms.widgets import TextInput

from web.numbers import FIRST_YEAR, LAST_YEAR


class DayField(DateField):
    """A day as 10/11/2026; also takes 10-11-2026 and 2026-11-10. a wrong text is kept."""

    widget = TextInput()

    def __init__(self, label: str | None = None, validators: object = None, **kwargs: object) -> None:
        kwargs.setdefault("format", ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"])
        kwargs.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, validators, **kwargs)  # type: ignore[arg-type]

    def process_formdata(self, valuelist: list[str]) -> None:
        """ValueError with the words a user reads, when the text is no day, or one nobody can count on from."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError as wrong:
            raise ValueError("Ghi ngày theo mẫu ngày/tháng/năm, ví dụ 10/11/2026") from wrong
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(f"Ghi năm từ {FIRST_YEAR} đến {LAST_YEAR}")
