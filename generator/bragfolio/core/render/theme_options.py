"""Theme options: what a theme lets a portfolio choose, and what of that it may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field

from bragfolio.core.read.shape import Issue, did_you_mean
from bragfolio.core.render.contrast import GROUNDS, TEXT, contrast, readable, spoken

COLOR: Final = r"^#[0-9a-fA-F]{6}$"
MODES_OF: Final = {"accent": ("light", "print"), "accent_dark": ("dark",)}
"""The colour options that replace the token `accent`, each in these modes."""
_GROUND_NAMES: Final = {"paper": "paper", "wash": "ground of code"}


class ThemeOption(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a portfolio may choose."""

    kind: Literal["color", "choice"] = field(name="type")
    default: str = ""
    choices: tuple[str, ...] = ()
    description: str = ""


def accepts(option: ThemeOption, value: str) -> bool:
    """Tell whether *value* is one that *option* may have, however it looks."""
    return bool(re.fullmatch(COLOR, value)) if option.kind == "color" else value in option.choices


def choose_options(
    declared: Mapping[str, ThemeOption], chosen: Mapping[str, str], colors: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, str], list[Issue]]:
    """Return the value of each option: of *chosen* what the theme accepts and what can be read on its *colors*, else the default."""
    issues = []
    options = {name: option.default for name, option in declared.items() if option.default}
    for name, value in chosen.items():
        issue = _refusal(name, value, declared) or _unreadable(name, value, colors)
        if issue:
            issues.append(issue)
        else:
            options[name] = value
    return options, issues


def _refusal(name: str, value: str, declared: Mapping[str, ThemeOption]) -> Issue | None:
    option, path = declared.get(name), ("theme_options", name)
    if option is None:
        hint = did_you_mean(name, list(declared))
        return Issue(path, "theme-option", f"the theme has no option “{name}”", hint, at_key=True)
    if accepts(option, value):
        return None
    if option.kind == "color":
        hint = 'write six hexadecimal digits in quotes, for example "#0b6e6e"'
        return Issue(path, "theme-option", f"the option “{name}” is a colour, “{value}” is not", hint)
    hint = did_you_mean(value, list(option.choices))
    return Issue(path, "theme-option", f"the option “{name}” cannot be “{value}”", hint)


def _unreadable(name: str, value: str, colors: Mapping[str, Mapping[str, str]]) -> Issue | None:
    """Return what is wrong with an accent that is too faint for text on one of the theme's grounds."""
    grounds = {
        (mode, token): colors[mode][token]
        for mode in MODES_OF.get(name, ())
        for token in GROUNDS
        if re.fullmatch(COLOR, colors[mode].get(token, ""))
    }
    if not grounds:
        return None
    ratio, (mode, token) = min((contrast(value, ground), place) for place, ground in grounds.items())
    if ratio >= TEXT:
        return None
    nearest = readable(value, grounds.values())
    message = (
        f"the colour {value} of the option “{name}” cannot be read on the theme's {_GROUND_NAMES[token]} "
        f"{colors[mode][token]} ({mode}): its contrast is {spoken(ratio)}, text needs {spoken(TEXT)}"
    )
    hint = (
        f'write "{nearest}", the nearest that can be read' if nearest else "leave it out: no colour can be read there"
    )
    return Issue(("theme_options", name), "theme-option", message, hint)
