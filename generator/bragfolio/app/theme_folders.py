"""Theme folders: which themes there are, a new one, and a file of the active one taken over to be changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.core.read.shape import did_you_mean, nearest
from bragfolio.core.render.theme import STYLE, read_settings
from bragfolio.edge.bundled import themes_folder
from bragfolio.edge.files import write_files_atomically
from bragfolio.edge.themes import BASE, read_layers, theme_names
from bragfolio.model.theme import ThemeLayer
from bragfolio.model.tree import CONTENT, SourceFile, SourceTree
from bragfolio.problems import Problem, Span, error

PARENT: Final = BASE
"""What a new theme extends unless something else is said."""
_NEW_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_WHERE: Final = Span("brag theme")


class ThemeLine(Struct, frozen=True):
    """A theme that a portfolio may name."""

    name: str
    description: str
    place: str
    """`built-in`, `yours`, or `built-in, changed by you`."""
    is_active: bool


class Written(Struct, frozen=True):
    """What was written, by path from the portfolio's folder; nothing where there are problems."""

    paths: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def active_theme(root: Path) -> str:
    """Return the theme that site.yaml names, the default where it names none or cannot be read."""
    path = root / CONTENT / SITE_FILE
    data = path.read_bytes() if path.is_file() else b""
    config, _, _ = read_config(SourceTree({SITE_FILE: SourceFile(SITE_FILE, len(data), data)}))
    return config.theme


def list_themes(root: Path) -> list[ThemeLine]:
    """Return the built-in themes and the portfolio's own by name."""
    active = active_theme(root)
    names = sorted({*theme_names(root), *_changed(root)})
    return [_line(root, name, is_active=name == active) for name in names]


def _changed(root: Path) -> list[str]:
    """Return the built-in themes of which the portfolio overrides something."""
    bundled = themes_folder()
    return [path.name for path in bundled.iterdir() if path.is_dir() and (root / "themes" / path.name).is_dir()]


def _line(root: Path, name: str, *, is_active: bool) -> ThemeLine:
    layers, _ = read_layers(root, name, _WHERE, did_you_mean)
    described = (read_settings(layer)[0].description for layer in layers if layer.name == name and layer.settings)
    own, bundled = (root / "themes" / name).is_dir(), (themes_folder() / name).is_dir()
    if own and bundled and (root / "themes" / name).resolve() == (themes_folder() / name).resolve():
        own = False
    place = "built-in, changed by you" if own and bundled else "yours" if own else "built-in"
    return ThemeLine(name, next((text for text in described if text), ""), place, is_active)


def start_theme(root: Path, name: str, parent: str) -> Written:
    """Write a theme that extends *parent* and can be seen at once."""
    known = theme_names(root)
    if not _NEW_NAME.fullmatch(name):
        hint = "use at most 40 lower-case letters, digits and hyphens, a letter first"
        return Written((), (error("value", f"“{name[:60]}” is no name for a theme", _WHERE, hint),))
    if name in known or (root / "themes" / name).exists():
        built_in = (themes_folder() / name).is_dir()
        hint = "`brag theme eject` takes over a file of a built-in theme" if built_in else "choose another name"
        return Written((), (error("folder-not-empty", f"there is a theme “{name}” already", _WHERE, hint),))
    if parent not in known:
        hint = did_you_mean(parent, known)
        return Written((), (error("not-found", f"there is no theme “{parent[:60]}” to extend", _WHERE, hint),))
    folder = f"themes/{name}"
    files = {f"{folder}/theme.toml": _settings(root, name, parent), f"{folder}/static/{STYLE}": _style(name, parent)}
    write_files_atomically(root, files)
    return Written(tuple(files))


def _settings(root: Path, name: str, parent: str) -> str:
    layers, _ = read_layers(root, parent, _WHERE, did_you_mean)
    colors: dict[str, dict[str, str]] = {}
    for layer in reversed(layers):
        for mode, tokens in read_settings(layer)[0].colors.items():
            colors.setdefault(mode, {}).update(tokens)
    rest = {
        mode: "".join(f'# {color} = "{value}"\n' for color, value in tokens.items() if color != "accent")
        for mode, tokens in colors.items()
    }
    return f"""\
# What is not said here is as in {parent}. All that can be said: themes/README.md of Brag.
name = "{name}"
contract = 1
extends = "{parent}"
description = "My own."

# `accent` is the colour of links, buttons, and changes for the better. The others stand as {parent} has them: take the # away
# to change one, in all three modes. `brag theme check` says which cannot be read.
[colors.light]
accent = "#5b3a8c"
{rest["light"]}
[colors.dark]
accent = "#c9b1f2"
{rest["dark"]}
[colors.print]
accent = "#432a69"
{rest["print"]}
[scale]
# font-text = 'Georgia, serif'    # fonts of the reader's system: nothing is loaded
# measure = "38rem"               # width of text
# page = "72rem"                  # width of the page
"""


def _style(name: str, parent: str) -> str:
    return f"""\
/* {name}: added after the rules of {parent}, so a rule here wins over an equal one there. */

/* A bar in the accent on top of each page, and the main heading in it: colours are the tokens of theme.toml. */
body {{ border-top: .5rem solid var(--color-accent) }}
h1 {{ color: var(--color-accent) }}

/* On paper everything is black on white. */
@media print {{
  body {{ border: 0 }}
  h1 {{ color: inherit }}
}}
"""


def ejectable(root: Path) -> tuple[dict[str, ThemeLayer], tuple[Problem, ...]]:
    """Return the files of the active theme that can be taken over, each with the topmost layer that has it."""
    layers, problems = read_layers(root, active_theme(root), Span(f"{CONTENT}/{SITE_FILE}"), did_you_mean)
    found: dict[str, ThemeLayer] = {}
    for layer in reversed(layers):
        found.update(dict.fromkeys(_files(layer), layer))
    return dict(sorted(found.items())), tuple(problem for problem in problems if problem.is_error)


def _files(layer: ThemeLayer) -> dict[str, bytes]:
    """Return what a layer holds that another can replace, by path in its folder."""
    return {
        **{f"templates/{name}": text.encode() for name, text in layer.templates.items()},
        **{f"announce/{name}": text.encode() for name, text in layer.announce.items()},
        **{f"static/{name}": data for name, data in layer.static.items()},
        **{f"onepager/{name}": data for name, data in layer.paper.items()},
        **{f"documents/{name}": data for name, data in layer.documents.items()},
    }


def eject(root: Path, file: str) -> Written:
    """Copy a file of the active theme into `themes/<active>/`, where it stands over the theme's own.

    *file* is a path in the theme's folder, or a name that only one of its folders has.
    """
    theme = active_theme(root)
    files, problems = ejectable(root)
    if problems:
        return Written((), problems)
    matches = [path for path in files if path == file or path.partition("/")[2] == file]
    if not matches:
        guess = nearest(file, list(files)) or nearest(file, [path.rpartition("/")[2] for path in files])
        hint = f"did you mean “{guess}”?" if guess else "`brag theme eject` without a name lists the files"
        return Written((), (error("not-found", f"the theme {theme} has no file “{file[:60]}”", _WHERE, hint),))
    if len(matches) > 1:
        hint = f"write {' or '.join(matches)}"
        return Written((), (error("not-found", f"“{file}” is the name of more than one file", _WHERE, hint),))
    path = matches[0]
    target = f"themes/{theme}/{path}"
    if (root / target).exists():
        hint = "change it there, or delete it first"
        return Written((), (error("folder-not-empty", "this file is yours already", Span(target), hint),))
    layer = files[path]
    data = _first_rules(theme) if path == f"static/{STYLE}" else _files(layer)[path]
    write_files_atomically(root, {target: data})
    return Written((target,))


def _first_rules(theme: str) -> str:
    """Return a style sheet to begin with: those of all layers are joined, so a copy would say everything twice."""
    return (
        f"/* Added after the rules of {theme}, so a rule here wins over an equal one there: write only what differs.\n"
        "   Colours and sizes are tokens, which theme.toml beside static/ sets: var(--color-accent), var(--size-2). */\n"
    )
