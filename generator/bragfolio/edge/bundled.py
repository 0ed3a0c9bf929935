"""Bundled: where the built-in themes, the example portfolio, the live script and the lock are, in a wheel and in a checkout."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.machinery import PathFinder
from pathlib import Path
from types import CodeType

from bragfolio.model.theme import OWN_STYLE, OWN_TEMPLATES

_PACKAGE = Path(__file__).resolve().parent.parent


def themes_folder() -> Path:
    """Return the folder of the built-in themes."""
    return _find("themes", "themes")


def example_folder() -> Path:
    """Return the folder of the example portfolio's content."""
    return _find("example", "site_content")


def locked_libraries() -> str:
    """Return the libraries that Brag was tested with, as a requirements file with hashes."""
    return (_find("requirements", "generator/requirements") / "runtime.txt").read_text(encoding="utf-8")


def bundled_texts() -> list[str]:
    """Return the sources of the built-in themes: what pages say whoever they are of.

    What stands in the headquarters alone is left out: others never get it, so it is no reason to let a word pass.
    """
    own = {*OWN_TEMPLATES, OWN_STYLE}
    files = (
        path
        for path in sorted(themes_folder().rglob("*"))
        if path.suffix in {".html", ".css", ".js", ".typ", ".toml", ".svg"} and path.name not in own
    )
    return [path.read_text(encoding="utf-8") for path in files]


@cache
def program_digest(*parts: str) -> bytes:
    """Return a digest of *parts* of the program, folders or modules from its package: with others, answers may be others."""
    digest = sha256()
    for part in parts:
        path = _PACKAGE / part
        for source in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(sha256(source.read_bytes()).digest())
    return digest.digest()


def packed_code(module: str) -> CodeType | None:
    """Return what became of a template when the program was packed (`core/render/dialect.py`), None when it was not there.

    Python itself keeps it compiled, as it does the rest of the program.
    """
    spec = PathFinder.find_spec(module, [str(_PACKAGE / "_templates")])
    get_code = getattr(spec.loader, "get_code", None) if spec else None
    code = get_code(module) if get_code else None
    return code if isinstance(code, CodeType) else None


def live_files() -> dict[str, bytes]:
    """Return what pages get while they are served, by name: `live.js` and `live.css`."""
    return {path.name: path.read_bytes() for path in sorted((_PACKAGE / "edge" / "live").iterdir()) if path.is_file()}


def _find(bundled: str, checkout: str) -> Path:
    inside = _PACKAGE / "_bundled" / bundled
    return inside if inside.is_dir() else _PACKAGE.parent.parent / checkout
