"""What is settled while a template is compiled is what it would have said when drawn."""

import pytest
from flask import Flask
from jinja2 import DictLoader, TemplateNotFound, pass_context, pass_environment
from markupsafe import Markup, escape

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


def test_macros_called_in_loops_escape_what_they_are_given_and_take_their_callers():
    source = (
        '{% macro tag(text, tone="ok") %}<b class="{{ tone }}">{{ text }}{{ caller() if caller }}</b>{% endmacro %}'
        "{% for item in items %}{% call tag(item) %}{{ loop.index }}{% endcall %}"
        "{{ tag(item, tone=loop.index) }}{% endfor %}"
    )
    assert (
        _drawn(source, items=["<a>", "b"])
        == '<b class="ok">&lt;a&gt;1</b><b class="1">&lt;a&gt;</b><b class="ok">b2</b><b class="2">b</b>'
    )


def test_functions_that_want_the_page_s_own_values_still_get_them():
    @pass_context
    def named(context, name):
        return context[name]

    @pass_environment
    def kind(environment):
        return type(environment).__name__

    class Counted:
        def __call__(self, step):
            return step + 1

    source = '{{ named("said") }} {{ kind() }} {{ counted(2) }} {{ plain("x") }} {{ d.get("a") }}'
    given = {
        "said": "<x>",
        "named": named,
        "kind": kind,
        "counted": Counted(),
        "plain": lambda text: text * 2,
    }
    assert _drawn(source, d={"a": 1}, **given) == "&lt;x&gt; SettledEnvironment 3 xx 1"


class Drawn:
    def __html__(self) -> str:
        return "<b>&</b>"


class Louder(Markup):
    def __html__(self) -> str:
        return str.upper(self)


def test_only_what_says_it_is_html_goes_out_unescaped():
    values = [Markup("<i>"), "<i>", 3, None, True, Drawn(), Louder("<i>"), ["<i>"], {}.get]
    shown = _drawn("{% for value in values %}{{ value }}|{% endfor %}", values=values)
    assert shown == "|".join(str(escape(value)) for value in values) + "|"
    assert _drawn("{{ nothing }}{% autoescape false %}{{ value }}{% endautoescape %}", value="<i>") == "<i>"
    assert _drawn(
        "{% set on = value|length > 1 %}{% autoescape on %}{{ value }}{% endautoescape %}", value="<i>"
    ) == ("&lt;i&gt;")


def test_a_template_is_looked_for_once_unless_its_file_may_change():
    for changing in (False, True):
        app = Flask(__name__)
        templating.init_app(app)
        app.jinja_env.auto_reload = changing
        files = {"page.html": '{% import "words.html" as words %}{{ words.said() }}'}
        files["words.html"] = "{% macro said() %}một{% endmacro %}"
        app.jinja_env.loader = DictLoader(files)
        assert app.jinja_env.get_template("page.html").render() == "một"
        files["words.html"] = "{% macro said() %}hai{% endmacro %}"
        assert app.jinja_env.get_template("page.html").render() == ("hai" if changing else "một")
        with pytest.raises(TemplateNotFound):
            app.jinja_env.get_template("no.html")
        app.jinja_env.auto_reload = True  # as with Flask's own debugging
        assert app.jinja_env.get_template("page.html").render() == "hai"
        own = app.jinja_env.get_template("page.html", globals={"mine": 1})
        assert own.globals["mine"] == 1
