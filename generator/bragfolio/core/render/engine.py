"""Engine: Jinja templates run in its sandbox, strict about names and escaping everything that is not Markup."""

from __future__ import annotations

import dataclasses
import traceback
from typing import TYPE_CHECKING

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from bragfolio.core.render.theme import Theme


class Engine:
    """The templates of one theme. Rendering the same context gives the same bytes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._environment = SandboxedEnvironment(
            loader=DictLoader(theme.templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )

    def render(self, template: str, context: object) -> str | Problem:
        """Return *template* filled with the fields of *context*, a dataclass, or what is wrong with the theme."""
        values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}  # type: ignore[arg-type]
        try:
            return self._environment.get_template(template).render(values)
        except TemplateSyntaxError as failure:
            span = Span(self._theme.origins.get(failure.name or template, template), failure.lineno, 1)
            return error("theme", f"the template cannot be read: {failure.message}", span, "see themes/README.md")
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError, AttributeError) as failure:
            message = f"the template cannot be filled: {failure}"
            return error("theme", message, self._place(failure, template), "see themes/README.md for what it gets")

    def _place(self, failure: Exception, template: str) -> Span:
        """Return the innermost template line that *failure* passed through."""
        sources = {origin: origin for origin in self._theme.origins.values()}
        sources.update(self._theme.origins)
        for frame in reversed(traceback.extract_tb(failure.__traceback__)):
            name = frame.filename.removeprefix("<").removesuffix(">")
            if name in sources or frame.name in {"top-level template code", "template"}:
                return Span(sources.get(name, sources.get(template, template)), frame.lineno or 0, 1)
        return Span(self._theme.origins.get(template, template))
