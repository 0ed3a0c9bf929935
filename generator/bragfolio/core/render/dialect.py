"""Dialect: how our templates are read, the same when the program is packed and when it runs.

Jinja makes Python of a template before it fills it, which takes longer than all else in a small site. What it makes of the
built-in templates is therefore packed with the program (`generator/pack_templates.py`), each by a digest of what it was
made from, so that a template that was changed, or another version of Jinja, is never answered with code for the old one.
"""

from __future__ import annotations

import hashlib

import jinja2
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


class Dialect(SandboxedEnvironment):
    """Jinja's sandbox with our settings; pages are escaped, plain texts are not."""

    def __init__(self, loader: jinja2.BaseLoader | None = None, *, escapes: bool = True) -> None:
        super().__init__(
            loader=loader,
            autoescape=escapes,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        del self.globals["lipsum"]  # the same bytes on every run
        del self.filters["random"]


def module_of(source: str) -> str:
    """Return the name of the module that holds what becomes of *source*, the template of a page."""
    return f"t{hashlib.blake2b(f'{jinja2.__version__} {source}'.encode(), digest_size=16).hexdigest()}"
