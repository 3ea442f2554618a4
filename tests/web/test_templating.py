"""What is settled while a template is compiled is what it would have said when drawn."""

from flask import Flask
from jinja2 import DictLoader

from web import filters, templating
from web.icons import icon


def _drawn(source: str, **values: object) -> str:
    app = Flask(__name__)
    templating.init_app(app)
    filters.init_app(app)
    app.jinja_env.loader = DictLoader({"page.html": source})
    return app.jinja_env.get_template("page.html").render(**values)


def test_a_sentence_of_the_template_is_written_into_it_unescaped_and_with_single_per_cent_signs():
    assert _drawn('<p>{{ _("Đạt <b>100</b> %%") }}</p>') == "<p>Đạt <b>100</b> %</p>"


def test_a_sentence_joined_with_a_value_escapes_the_value_only():
    assert _drawn('{{ _("<b>Số</b>") ~ " " ~ value }}', value="<i>") == "<b>Số</b> &lt;i&gt;"


def test_a_sentence_that_names_values_is_left_for_the_drawing():
    assert _drawn('{{ _("Còn %(count)s việc", count=value) }}', value="<3") == "Còn &lt;3 việc"


def test_a_text_that_comes_as_a_value_is_no_sentence_of_the_template():
    assert _drawn("{{ _(value) }}", value="Trả lại") == "Trả lại"


def test_an_icon_by_name_is_written_in_and_one_by_value_drawn():
    source = '{%- set icon = glyph -%}{{ icon("check") }}{{ icon(value) }}'
    assert _drawn(source, value="warn") == str(icon("check")) + str(icon("warn"))


def test_a_dictionary_gives_its_items_by_name_and_keeps_its_methods():
    given = {"label": "Ký", "inner": {"deep": 1}}
    assert _drawn("{{ d.label }} {{ d.inner.deep }} {{ d.keys()|list|length }}", d=given) == "Ký 1 2"
    assert _drawn('{{ d.missing|default("không có") }}', d=given) == "không có"
