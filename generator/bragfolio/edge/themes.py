"""Themes: reads the layers of a theme from disk."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bragfolio.edge.bundled import themes_folder
from bragfolio.model.theme import ThemeLayer
from bragfolio.problems import Problem, Span, error

BASE = "base"


def read_layers(root: Path, name: str, at: Span) -> tuple[list[ThemeLayer], list[Problem]]:
    """Return the layers of the theme *name*, topmost first: the portfolio's own, the theme, its parents, base."""
    bundled, own = themes_folder(), root / "themes"
    layers: list[ThemeLayer] = []
    seen: list[str] = []
    while name not in seen:
        folders = [folder / name for folder in (own, bundled) if (folder / name).is_dir()]
        if len(folders) == 2 and folders[0].resolve() == folders[1].resolve():
            folders = folders[1:]
        if not folders or not name.replace("-", "").replace("_", "").isalnum():
            known = sorted({path.name for folder in (own, bundled) if folder.is_dir() for path in folder.iterdir()
                            if (path / "theme.toml").is_file()})  # fmt: skip
            return [], [error("theme", f"there is no theme “{name}”", at, f"write one of {', '.join(known)}")]
        seen.append(name)
        found = [_read_layer(folder, root) for folder in folders]
        layers += found
        name = next((parent for layer in found if (parent := _parent(layer))), BASE)
    return layers, []


def _read_layer(folder: Path, root: Path) -> ThemeLayer:
    resolved = folder.resolve()
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.resolve().is_relative_to(resolved)]
    files = {path.relative_to(folder).as_posix(): path for path in inside}
    settings = files.get("theme.toml")
    return ThemeLayer(
        name=folder.name,
        label=folder.relative_to(root).as_posix() if folder.is_relative_to(root) else f"themes/{folder.name}",
        settings=settings.read_bytes() if settings else b"",
        templates={
            name.removeprefix("templates/"): path.read_text(encoding="utf-8")
            for name, path in files.items()
            if name.startswith("templates/") and name.endswith(".html")
        },
        static={
            name.removeprefix("static/"): path.read_bytes()
            for name, path in files.items()
            if name.startswith("static/")
        },
    )


def _parent(layer: ThemeLayer) -> str:
    try:
        return str(tomllib.loads(layer.settings.decode()).get("extends", ""))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""  # reported where the settings are read whole
