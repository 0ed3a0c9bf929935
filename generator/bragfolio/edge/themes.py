"""Themes: reads the layers of a theme from disk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bragfolio.edge.bundled import themes_folder
from bragfolio.edge.files import walk_files
from bragfolio.edge.passed_over import is_passed_over
from bragfolio.model.theme import ThemeLayer
from bragfolio.problems import Problem, Span, error, printable

BASE = "base"
_NAME: Final = re.compile(r"\w[\w-]{0,59}")
"""A theme's name, short enough for every disk."""


def read_layers(
    root: Path, name: str, at: Span, hint_for: Callable[[str, list[str]], str]
) -> tuple[list[ThemeLayer], list[Problem]]:
    """Return the layers of the theme *name*, topmost first: the portfolio's own, the theme, its parents, base.

    When there is no such theme, the problem is at *at*; when there is no such parent, in the theme.toml that names it.
    *hint_for* makes the hint from the name and those that there are.
    """
    bundled, own = themes_folder(), root / "themes"
    layers: list[ThemeLayer] = []
    problems: list[Problem] = []
    seen: list[str] = []
    while name not in seen:
        is_name = _NAME.fullmatch(name)
        folders = [folder / name for folder in (own, bundled) if is_name and (folder / name).is_dir()]
        if len(folders) == 2 and folders[0].resolve() == folders[1].resolve():
            folders = folders[1:]
        if not folders:
            message = f"there is no theme “{printable(name[:60])}”"
            return [], [error("theme", message, at, hint_for(name[:60], theme_names(root)))]
        seen.append(name)
        found = [_read_layer(folder, root, problems) for folder in folders]
        layers += found
        name, at = next(
            ((parent, Span(f"{layer.label}/theme.toml")) for layer in found if (parent := _parent(layer))), (BASE, at)
        )
    return layers, problems


def theme_names(root: Path) -> list[str]:
    """Return the names of the built-in themes and of the portfolio's own."""
    folders = [folder for folder in (root / "themes", themes_folder()) if folder.is_dir()]
    return sorted({path.name for folder in folders for path in folder.iterdir() if (path / "theme.toml").is_file()})


def _read_layer(folder: Path, root: Path, problems: list[Problem]) -> ThemeLayer:
    label = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else f"themes/{folder.name}"
    try:
        found = sorted(name.split("/") for name in walk_files(str(folder)))
    except RecursionError:
        problems.append(error("theme", "its folders lie inside each other too deep", Span(label), "move them up"))
        found = []
    resolved = folder.resolve()
    names = ["/".join(parts) for parts in found if not any(map(is_passed_over, parts))]
    files = {name: path for name in names if _is_file_in(resolved, path := folder / name)}
    settings = files.get("theme.toml")

    def texts(folder_name: str, suffix: str) -> dict[str, str]:
        found = {}
        for name, path in files.items():
            if name.startswith(folder_name) and name.endswith(suffix):
                try:
                    found[name.removeprefix(folder_name)] = path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    span = Span(printable(f"{label}/{name}"))
                    problems.append(
                        error("theme", "this template is not UTF-8", span, "save it as UTF-8 in your editor")
                    )
        return found

    return ThemeLayer(
        name=folder.name,
        label=label,
        settings=settings.read_bytes() if settings else b"",
        templates=texts("templates/", ".html"),
        announce=texts("announce/", ".txt"),
        static={
            name.removeprefix("static/"): path.read_bytes()
            for name, path in files.items()
            if name.startswith("static/")
        },
        paper=_sources(files, "onepager/"),
        documents=_sources(files, "documents/"),
        fonts=str(resolved / "fonts") if any(name.startswith("fonts/") for name in files) else "",
    )


def _is_file_in(folder: Path, path: Path) -> bool:
    """Tell whether *path* is a regular file still there, or a link to one in *folder*, which is resolved."""
    return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(folder))


def _sources(files: dict[str, Path], folder: str) -> dict[str, bytes]:
    """Return the Typst sources of *folder* by their names in it."""
    return {
        name.removeprefix(folder): path.read_bytes()
        for name, path in files.items()
        if name.startswith(folder) and name.endswith(".typ")
    }


def _parent(layer: ThemeLayer) -> str:
    try:
        return str(tomllib.loads(layer.settings.decode()).get("extends", ""))
    except (ValueError, RecursionError):
        return ""  # reported where the settings are read whole
