"""The template engine, told that what all templates know is settled before the first page."""

from collections.abc import Callable, Mapping, MutableMapping
from types import FunctionType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from web.filters import sentence
from web.icons import icon

WRITTEN: Mapping[str, Callable[[str], str]] = {"_": sentence, "icon": icon}
"""What a template calls with a text of its own, and always with the same answer."""


OF_DICTIONARIES = frozenset(dir(dict))


class WrittenIn(NodeTransformer):
    """Puts the answers of `_("…")` and `icon("…")` into the template, where they join the words around them."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(node.args) == 1
        if not (plain and isinstance(node.node, nodes.Name) and node.node.name in WRITTEN):
            return node
        text = node.args[0]
        if not (isinstance(text, nodes.Const) and isinstance(text.value, str)):
            return node
        answer = str(WRITTEN[node.node.name](text.value))
        return nodes.TemplateData(answer, lineno=node.lineno).set_environment(node.environment)


class SettledGenerator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(WrittenIn().visit(node), frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Most of what a page puts out was written by a macro and needs no second look."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


def written(value: Any) -> str:
    """As it goes out: HTML as it is, anything else with its signs escaped."""
    return value if type(value) is Markup else escape(value)


class SettledContext(Context):
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """As the engine calls; what most calls call, a macro or a plain function, is not asked what it wants first."""
        kind = type(obj)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class SettledEnvironment(Environment):
    """
    Globals as one plain dictionary, and constant calls answered while a template is compiled.

    The engine's own lay a `ChainMap` over the globals, so that they may still change; it is copied and compared with
    every import of every page, which took a tenth of the page. Ours are all given by `init_app` functions.
    """

    code_generator_class = SettledGenerator
    context_class = SettledContext
    written = staticmethod(written)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._loaded: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """As the engine loads it. A page names a dozen others by their full names: unless files may change, once."""
        if self.auto_reload or globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As the engine finds it; a dictionary is asked at once, not after its own attributes failed."""
        if type(obj) is dict and attribute not in OF_DICTIONARIES:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        try:  # as most are found, and found first by the engine too
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Of one template; the environment's own where it has none of its own."""
        return {**self.globals, **d} if d else self.globals


def init_app(app: Flask) -> None:
    """Before anything else asks for `app.jinja_env`, which is made once."""
    app.jinja_environment = SettledEnvironment
