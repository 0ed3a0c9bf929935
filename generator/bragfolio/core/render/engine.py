"""Engine: Jinja templates run in its sandbox, strict about names, escaping in pages everything that is not Markup."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import CodeType
from typing import TYPE_CHECKING, Final

from jinja2 import BaseLoader, Environment, TemplateError, TemplateNotFound, TemplateSyntaxError
from msgspec import Struct, structs

from bragfolio.core.render import contexts
from bragfolio.core.render.dialect import Dialect, module_of
from bragfolio.model.theme import OWN_TEMPLATES
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from bragfolio.core.render.theme import Theme

_CONTEXTS: Final = frozenset(
    value for value in vars(contexts).values() if isinstance(value, type) and issubclass(value, Struct)
)
_FAILURES: Final = (
    TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template's expressions, and the Python that Jinja makes of them, may raise."""


FindCode = Callable[[str], "CodeType | None"]
"""Finds what was made of a template when the program was packed, by the name that `dialect.module_of` gives it."""


def _find_none(_: str) -> None:
    return None


_MOST_COMPILED: Final = 256
_COMPILED: Final[dict[tuple[str, str | None, str | None, object, FindCode], CodeType]] = {}
"""What became of the sources of templates: the next site of this process may have the same ones. What was not packed with the
program is kept nowhere else, since a cache must never be run."""


class _Environment(Dialect):
    """Our dialect, with a short way to the fields of contexts, which hold nothing but values to print."""

    def __init__(self, loader: BaseLoader, find_code: FindCode, *, escapes: bool) -> None:
        super().__init__(loader, escapes=escapes)
        self._find_code = find_code

    def compile(  # type: ignore[override] # Jinja's overloads are for forms of a template that a loader never gives
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,  # noqa: FBT001, FBT002 - Jinja's own signature
        defer_init: bool = False,  # noqa: FBT001, FBT002 - the same
    ) -> CodeType:
        """Return the code of a template, the same object for the same source."""
        key = (source, name, filename, self.autoescape, self._find_code)
        if key not in _COMPILED:
            if len(_COMPILED) >= _MOST_COMPILED:
                _COMPILED.clear()
            packed = self._find_code(module_of(source)) if self.autoescape is True else None
            if packed:
                _COMPILED[key] = packed.replace(co_filename=filename or packed.co_filename)
            else:
                _COMPILED[key] = super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload] # as above
        return _COMPILED[key]

    def getattr(self, obj: object, attribute: str) -> object:
        """Return a context's field as it is; everything else goes through the sandbox's checks."""
        if type(obj) in _CONTEXTS and attribute[:1] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)


class _Loader(BaseLoader):
    """The templates of a theme, each with the file that it comes from: that is what a traceback names."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - Jinja's own signature
        """Return the source of *template* and its file."""
        if template not in self._theme.templates:
            raise TemplateNotFound(template)
        return self._theme.templates[template], self._theme.origins[template], None


class Engine:
    """The templates of one theme. Rendering the same context gives the same bytes."""

    def __init__(self, theme: Theme, find_code: FindCode = _find_none, *, escapes: bool = True) -> None:
        self._theme = theme
        self._environment = _Environment(_Loader(theme), find_code, escapes=escapes)

    @classmethod
    def for_texts(cls, theme: Theme) -> Engine:
        """Return the engine of a theme's announcements: plain text, in which nothing is escaped and no page can be named."""
        return cls(structs.replace(theme, templates=theme.texts, origins=theme.text_origins), escapes=False)

    def compile(self) -> None:
        """Compile the templates of the pages that every audience gets; what is wrong with one is reported when it is rendered."""
        for name in self._theme.templates:
            if "/" not in name and not name.startswith("_") and name not in OWN_TEMPLATES:
                with contextlib.suppress(*_FAILURES, TemplateSyntaxError):
                    self._environment.get_template(name)

    def render(self, template: str, context: Struct) -> str | Problem:
        """Return *template* filled with the fields of *context* or what is wrong with the theme."""
        values = structs.asdict(context)
        try:
            html = self._environment.get_template(template).render(values)
            html.encode()  # a template can spell half a character: "\ud800"
        except TemplateSyntaxError as failure:
            span = Span(self._theme.origins.get(failure.name or template, template), failure.lineno, 1)
            return error("theme", f"the template cannot be read: {failure.message}", span, "see themes/README.md")
        except _FAILURES as failure:
            message = f"the template cannot be filled: {str(failure) or type(failure).__name__}"
            return error("theme", message, self._place(failure, template), "see themes/README.md for what it gets")
        return html

    def _place(self, failure: Exception, template: str) -> Span:
        """Return the innermost template line that *failure* passed through."""
        import traceback  # a theme's mistake is rare

        files = set(self._theme.origins.values())
        frames = (f for f in reversed(traceback.extract_tb(failure.__traceback__)) if f.filename in files)
        frame = next(frames, None)
        if frame:
            return Span(frame.filename, frame.lineno or 1, 1)
        return Span(self._theme.origins.get(template, template), 1, 1)
