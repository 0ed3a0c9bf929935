"""Theme: the layers of a theme resolved into settings, templates, one style sheet and static files."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from bragfolio.core.read.entries import located
from bragfolio.core.render.theme_options import COLOR, MODES_OF, ThemeOption, accepts, choose_options
from bragfolio.problems import Problem, Span, error, printable

if TYPE_CHECKING:
    from bragfolio.model.entry import Source
    from bragfolio.model.theme import ThemeLayer

CONTRACT: Final = 1
"""The version of the theme contract that this program fills."""
STYLE: Final = "style.css"
SCRIPT: Final = "find.js"
_TOKEN_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*")
_TOKEN_VALUE: Final = re.compile(r"(?!.*(?:/\*|url\(|src\(|image-set\(|image\())[^{};<>\\@\x00-\x1f]*", re.IGNORECASE)
"""Ends no declaration, opens no comment and loads nothing."""
_MODES: Final = ("light", "dark", "print")

Color = Annotated[str, Meta(pattern=COLOR)]


SECTIONS: Final = (
    "numbers", "claims", "wins", "roles", "skills", "education", "credentials", "languages", "interests",
)  # fmt: skip
"""What a one-pager is made of."""


class Design(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A one-pager that a theme offers; `onepager/<name>.typ` sets it."""

    description: str = ""
    sections: tuple[str, ...] = ("wins",)
    """Of `SECTIONS`, in the order of the page."""
    wins: Literal["list", "role", "claim"] = "list"
    """Where achievements stand: in a list of their own, below their role, or below the claim that they prove."""
    limit: Annotated[int, Meta(ge=1, le=100)] = 8
    """How many achievements it is made for, unless a campaign says otherwise."""


class PaperFonts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Font families of one-pagers, the first that has a letter sets it."""

    text: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    code: tuple[str, ...] = ()


class ThemeSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """theme.toml."""

    name: str = ""
    description: str = ""
    contract: int = CONTRACT
    extends: str = "base"
    colors: dict[str, dict[str, Color]] = {}
    """By mode (light, dark, print), by token."""
    scale: dict[str, str] = {}
    options: dict[str, ThemeOption] = {}
    one_pagers: dict[str, Design] = {}
    """By name."""
    paper_fonts: PaperFonts = PaperFonts()


class Paper(Struct, frozen=True):
    """What a theme prints with."""

    designs: Mapping[str, Design]
    sources: Mapping[str, bytes]
    """Typst files by name; that of a design is `<name>.typ`."""
    documents: Mapping[str, bytes]
    """Typst files of documents of several pages, by name."""
    origins: Mapping[str, str]
    """For each of them, its file as messages give it; those of documents begin with `documents/`."""
    font_folders: tuple[str, ...]
    """On this disk."""
    fonts: PaperFonts
    colors: Mapping[str, str]
    """The colours of print, by token."""
    card_colors: Mapping[str, str]
    """Those of the light pages."""


class Theme(Struct, frozen=True):
    """A theme, ready to render with."""

    name: str
    templates: Mapping[str, str]
    """Source by `file` (the topmost layer's) and by `theme/file` (that theme's own)."""
    origins: Mapping[str, str]
    """For each template, its file as messages give it."""
    texts: Mapping[str, str]
    """Templates of announcements, named like `templates`: `slack.txt` and `base/slack.txt`."""
    text_origins: Mapping[str, str]
    static: Mapping[str, bytes]
    """By path from the site's root."""
    style: str
    """Path of the style sheet from the site's root; its name changes with its content."""
    script: str
    """The same of the script that filters and searches."""
    icon: str
    options: Mapping[str, str]
    colors: Mapping[str, Mapping[str, str]]
    """Tokens by mode: light, dark, print."""
    toml: str
    """The topmost theme.toml, as messages give it."""
    paper: Paper


def read_settings(layer: ThemeLayer) -> tuple[ThemeSettings, list[Problem]]:
    """Return the theme.toml of *layer*, the defaults where it is absent or broken, and what is wrong with it."""
    span = Span(f"{layer.label}/theme.toml")
    try:
        settings = msgspec.convert(tomllib.loads(layer.settings.decode()), ThemeSettings)
    except (ValueError, RecursionError, msgspec.ValidationError) as failure:
        return ThemeSettings(), [error("theme", f"theme.toml cannot be read: {failure}", span, "see themes/README.md")]
    faults = (printable(fault) for fault in _faults(settings))
    return settings, [error("theme", fault, span, "see themes/README.md") for fault in faults]


def _faults(settings: ThemeSettings) -> Iterator[str]:
    """Yield what theme.toml says and no style sheet can."""
    if settings.contract != CONTRACT:
        yield f"this theme is made for contract {settings.contract}; this version of Brag fills {CONTRACT}"
    yield from (
        f"there are no colours for “{mode}”: write one of {', '.join(_MODES)}"
        for mode in settings.colors
        if mode not in _MODES
    )
    for tokens in (settings.scale, *settings.colors.values()):
        for name, value in tokens.items():
            if not _TOKEN_NAME.fullmatch(name):
                yield f"“{name}” is not a token's name: use lower-case letters, digits and hyphens"
            elif not _TOKEN_VALUE.fullmatch(value):
                yield f"the value of {name} is not one that a style sheet can take"
    yield from _design_faults(settings)
    for name, option in settings.options.items():
        if not _TOKEN_NAME.fullmatch(name):
            yield f"“{name}” is not an option's name: use lower-case letters, digits and hyphens"
        if option.default and not accepts(option, option.default):
            yield f"the default of the option {name} is not one of its values"


def _design_faults(settings: ThemeSettings) -> Iterator[str]:
    for name, design in settings.one_pagers.items():
        if not _TOKEN_NAME.fullmatch(name):
            yield f"“{name}” is not a design's name: use lower-case letters, digits and hyphens"
        unknown = [section for section in design.sections if section not in SECTIONS]
        if unknown:
            yield f"the one-pager {name} has an unknown section “{unknown[0]}”: write some of {', '.join(SECTIONS)}"


def resolve_theme(
    layers: list[ThemeLayer], chosen: Mapping[str, str], config_source: Source
) -> tuple[Theme, list[Problem]]:
    """Return the theme that *layers*, topmost first and base last, make with the options *chosen* in site.yaml."""
    problems: list[Problem] = []
    colors: dict[str, dict[str, str]] = {mode: {} for mode in _MODES}
    scale: dict[str, str] = {}
    declared: dict[str, ThemeOption] = {}
    templates: dict[str, str] = {}
    origins: dict[str, str] = {}
    texts: dict[str, str] = {}
    text_origins: dict[str, str] = {}
    static: dict[str, bytes] = {}
    style = b""
    designs: dict[str, Design] = {}
    sources: dict[str, bytes] = {}
    documents: dict[str, bytes] = {}
    source_origins: dict[str, str] = {}
    fonts = PaperFonts()
    for layer in reversed(layers):
        settings, found = read_settings(layer)
        problems += found
        for mode, tokens in settings.colors.items():
            colors.setdefault(mode, {}).update(tokens)
        scale.update(settings.scale)
        declared.update(settings.options)
        designs.update(settings.one_pagers)
        sources.update(layer.paper)
        documents.update(layer.documents)
        source_origins.update({f"documents/{name}": f"{layer.label}/documents/{name}" for name in layer.documents})
        source_origins.update({name: f"{layer.label}/onepager/{name}" for name in layer.paper})
        own = settings.paper_fonts
        fonts = PaperFonts(text=own.text or fonts.text, number=own.number or fonts.number, code=own.code or fonts.code)
        _lay(layer.templates, layer.name, f"{layer.label}/templates", templates, origins)
        _lay(layer.announce, layer.name, f"{layer.label}/announce", texts, text_origins)
        static.update({path: data for path, data in layer.static.items() if path != STYLE})
        style += layer.static.get(STYLE, b"")
    options, issues = choose_options(declared, chosen, colors)
    problems += located(issues, config_source)
    for name, modes in MODES_OF.items():
        for mode in modes if name in options else ():
            colors[mode]["accent"] = options[name]
    sheet = _token_sheet(colors, scale).encode() + style
    finder = static.pop(SCRIPT, b"")
    path, script = _name_after(STYLE, sheet), _name_after(SCRIPT, finder)
    assets = {f"assets/{name}": data for name, data in static.items()}
    theme = Theme(
        name=layers[0].name,
        templates=templates,
        origins=origins,
        texts=texts,
        text_origins=text_origins,
        static={**assets, path: sheet, script: finder},
        style=path,
        script=script,
        icon="assets/icon.svg",
        options=options,
        colors=colors,
        toml=f"{next((layer.label for layer in layers if layer.settings), layers[0].label)}/theme.toml",
        paper=Paper(
            designs={name: design for name, design in designs.items() if f"{name}.typ" in sources},
            sources=sources,
            documents=documents,
            origins=source_origins,
            font_folders=tuple(layer.fonts for layer in layers if layer.fonts),
            fonts=fonts,
            colors={**colors["light"], **colors["print"]},
            card_colors=colors["light"],
        ),
    )
    return theme, problems


def _name_after(name: str, data: bytes) -> str:
    """Return the path of the asset *name*, which changes with its content, so that no browser keeps an old one."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


def _lay(layer: Mapping[str, str], theme: str, folder: str, templates: dict[str, str], origins: dict[str, str]) -> None:
    """Lay the templates of a *layer* of *theme*, which stand in *folder*, over those that are there."""
    for name, source in layer.items():
        origin = f"{folder}/{name}"
        templates[name], origins[name] = source, origin
        # A portfolio's override has its theme's name: `ledger/home.html` stays the theme's, to be extended.
        templates.setdefault(f"{theme}/{name}", source)
        origins.setdefault(f"{theme}/{name}", origin)


def _token_sheet(colors: Mapping[str, Mapping[str, str]], scale: Mapping[str, str]) -> str:
    def block(tokens: Mapping[str, str], prefix: str) -> str:
        lines = [
            f"--{prefix}{name}:{value};"
            for name, value in sorted(tokens.items())
            if _TOKEN_NAME.fullmatch(name) and _TOKEN_VALUE.fullmatch(value)
        ]
        return ":root{" + "".join(lines) + "}"

    return (
        f":root{{color-scheme:light dark}}{block(colors['light'], 'color-')}{block(scale, '')}\n"
        f"@media (prefers-color-scheme:dark){{{block(colors['dark'], 'color-')}}}\n"
        f"@media print{{:root{{color-scheme:light}}{block(colors['print'] or colors['light'], 'color-')}}}\n"
    )
