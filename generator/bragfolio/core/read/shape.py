"""Shape: text as YAML gives it, turned into what a field's type wants, with everything that is wrong at once.

Types are read from the msgspec structs of the model, so a new field needs nothing here. Booleans are words, empty
means absent, numbers are finite, and a single value stands for a list of one. What passes here converts.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Hashable
from functools import cache
from typing import Final, TypeVar, cast

import msgspec
from msgspec import Struct, inspect

from bragfolio.core.read.text import control_character
from bragfolio.core.read.yaml_tree import Path, Tree
from bragfolio.model.scalars import ScalarError


class Issue(Struct, frozen=True):
    """Something wrong at a path of a tree; the place in the file is looked up only when there is one."""

    path: Path
    code: str
    message: str
    hint: str
    at_key: bool = False


T = TypeVar("T")
Shaper = Callable[[Tree, Path, list[Issue]], object]
ABSENT: Final = object()
_MAX_GUESSES: Final = 100
"""Unknown keys of one file for which the nearest known one is looked up, at a millisecond each."""
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})


def decode_tree(tree: Tree, model: type[T]) -> tuple[T | None, list[Issue]]:
    """Return *tree* as a *model*, or None and everything that is wrong with it."""
    issues: list[Issue] = []
    shaped = _shaper_of(cast("Hashable", model))(tree, (), issues)
    return (None, issues) if issues else (msgspec.convert(shaped, model), [])


def decode_sound(tree: Tree, model: type[T]) -> tuple[T | None, list[Issue]]:
    """As `decode_tree`, but where keys are wrong go on without them, so that what else is wrong shows in the same run."""
    value, issues = decode_tree(tree, model)
    broken = {issue.path[0] for issue in issues if issue.path}
    if broken and isinstance(tree, dict):
        value, _ = decode_tree({key: part for key, part in tree.items() if key not in broken}, model)
    return value, issues


def check_tree(tree: Tree, model: type[T]) -> list[Issue]:
    """Return what is wrong with *tree* as a part of a *model*: as `decode_tree`, but nothing is required."""
    issues: list[Issue] = []
    _shaper_of(cast("Hashable", model))(tree, (), issues)
    return [issue for issue in issues if not (issue.code == "key-missing" and len(issue.path) == 0)]


def nearest(word: str, words: list[str]) -> str:
    """Return the one of *words* that *word* may have been meant to be, or `""`."""
    folded = {candidate.casefold(): candidate for candidate in reversed(words)}
    found = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def did_you_mean(word: str, words: list[str]) -> str:
    """Return a hint that names the nearest of *words*, or all of them when there are few, or `""`."""
    guess = nearest(word, words)
    if guess:
        return f"did you mean “{guess}”?"
    return f"write one of {', '.join(words)}" if 0 < len(words) <= 24 else ""


@cache
def _shaper_of(model: Hashable) -> Shaper:
    return _compile(inspect.type_info(model))


def _compile(kind: inspect.Type) -> Shaper:  # noqa: C901, PLR0911 - a table as a function: one line a type
    match kind:
        case inspect.Metadata(type=inner):
            return _compile(inner)
        case inspect.UnionType(types=types):
            return _compile(next(inner for inner in types if not isinstance(inner, inspect.NoneType)))
        case inspect.StructType():
            return _struct(kind)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return _sequence(_compile(item))
        case inspect.DictType(value_type=value):
            return _mapping(_compile(value))
        case inspect.CustomType(cls=scalar):
            if scalar is object:
                return lambda tree, _path, _issues: tree
            return _scalar(cast("Callable[[str], object]", getattr(scalar, "parse")))  # noqa: B009 - each of model.scalars
        case inspect.LiteralType(values=values):
            return _choice(values)
        case inspect.BoolType():
            return _scalar(_boolean)
        case inspect.IntType(ge=least, le=most):
            return _scalar(_integer(least, most))
        case inspect.FloatType(ge=least_float, le=most_float):
            return _scalar(_number(least_float, most_float))
        case inspect.StrType():
            return _scalar(str.strip)
    raise AssertionError(kind)


def _struct(kind: inspect.StructType) -> Shaper:
    shapers: dict[str, Shaper] = {}
    required = [field.encode_name for field in kind.fields if field.required]
    label = kind.cls.__name__

    def shape(tree: Tree, path: Path, issues: list[Issue]) -> object:
        if not shapers:
            shapers.update({field.encode_name: _compile(field.type) for field in kind.fields})
        if not isinstance(tree, dict) and tree != "":
            return _wrong_type(path, issues, "keys and values", tree, f"write {next(iter(shapers))}: ... below it")
        tree = tree if isinstance(tree, dict) else {}
        shaped = {}
        for key, value in tree.items():
            shaper = shapers.get(key)
            if shaper is None and (whole := _before_comma(tree, key)):
                hint = f"write {whole}.{key}, with a decimal point: a comma ends the value here"
                issues.append(Issue((*path, key), "value", f"“{whole},{key}” is not a number", hint, at_key=True))
            elif shaper is None:
                hint = _place_of(key, kind) or (did_you_mean(key, list(shapers)) if len(issues) < _MAX_GUESSES else "")
                hint = hint or "free keys of your own go under extra:"
                issues.append(Issue((*path, key), "key-unknown", f"there is no key “{key}” here", hint, at_key=True))
            elif value != "":
                result = shaper(value, (*path, key), issues)
                if result is not ABSENT:
                    shaped[key] = result
        issues += [
            Issue(path, "key-missing", f"the key “{key}” is missing", f"add {key}: ...")
            for key in required
            if tree.get(key, "") in ("", [], {})
        ]
        return shaped

    shape.__qualname__ = f"shape {label}"
    return shape


def _before_comma(tree: dict[str, Tree], key: str) -> str:
    """Return the digits before *key* where that is what follows a decimal comma in `{before: 3,5}`, else `""`."""
    if not key.isdecimal() or tree[key] != "":
        return ""
    keys = list(tree)
    last = tree[keys[keys.index(key) - 1]]
    return last if isinstance(last, str) and last.isdecimal() else ""


def _place_of(key: str, kind: inspect.StructType) -> str:
    """Return a hint that names the section of *kind* to which *key* belongs, or `""` when none has it, or several."""
    sections = {field.encode_name: _section(field.type) for field in kind.fields}
    having = [name for name, fields in sections.items() if key in fields]
    return f"it belongs below {having[0]}:, indented" if len(having) == 1 else ""


def _section(kind: inspect.Type) -> tuple[str, ...]:
    """Return the keys of a section, or of each part of a list of sections; none where *kind* is something else."""
    match kind:
        case inspect.UnionType(types=types):
            return next((fields for inner in types if (fields := _section(inner))), ())
        case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner) | inspect.ListType(item_type=inner):
            return _section(inner)
        case inspect.StructType(fields=fields):
            return tuple(field.encode_name for field in fields)
    return ()


def _sequence(item: Shaper) -> Shaper:
    def shape(tree: Tree, path: Path, issues: list[Issue]) -> object:
        if isinstance(tree, str):
            if ", " in tree:
                hint = f'write [{tree}] for a list, or ["{tree}"] for one value with a comma'
                issues.append(Issue(path, "value-type", "a list is written with brackets", hint))
                return ABSENT
            tree = [tree]
        elif isinstance(tree, dict):
            if not tree:
                return ABSENT
            return _wrong_type(path, issues, "a list", tree, "write a line that starts with - for each")
        results = [item(value, (*path, index), issues) for index, value in enumerate(tree) if value != ""]
        return [result for result in results if result is not ABSENT]

    return shape


def _mapping(value_shaper: Shaper) -> Shaper:
    def shape(tree: Tree, path: Path, issues: list[Issue]) -> object:
        if not isinstance(tree, dict):
            return _wrong_type(path, issues, "keys and values", tree, "write key: value below it")
        return {key: value_shaper(value, (*path, key), issues) for key, value in tree.items() if value != ""}

    return shape


def _scalar(parse: Callable[[str], object]) -> Shaper:
    def shape(tree: Tree, path: Path, issues: list[Issue]) -> object:
        if not isinstance(tree, str):
            return _wrong_type(path, issues, "one value", tree, "write it after the colon, without brackets or dashes")
        control = control_character(tree)
        if control:
            message = f"the control character {control} cannot be published"
            issues.append(Issue(path, "control-character", message, "delete it"))
            return ABSENT
        try:
            return parse(tree)
        except ScalarError as wrong:
            issues.append(Issue(path, wrong.code, wrong.message, wrong.hint))
            return ABSENT

    return shape


def _wrong_type(path: Path, issues: list[Issue], wanted: str, tree: Tree, hint: str) -> object:
    found = {str: "one value", list: "a list", dict: "keys and values"}[type(tree)]
    where = f"“{path[-1]}” takes {wanted}" if path else f"this takes {wanted}"
    issues.append(Issue(path, "value-type", f"{where}, not {found}", hint))
    return ABSENT


def _choice(values: tuple[object, ...]) -> Shaper:
    by_word = {str(value): value for value in sorted(values, key=str)}
    as_text = _scalar(str)

    def shape(tree: Tree, path: Path, issues: list[Issue]) -> object:
        text = as_text(tree, path, issues)
        if text is ABSENT or text in by_word:
            return by_word.get(cast("str", text), ABSENT)
        key = next(part for part in reversed(path) if isinstance(part, str))
        hint = did_you_mean(cast("str", text), list(by_word))
        issues.append(Issue(path, "value", f"“{text}” is not one of the values of “{key}”", hint))
        return ABSENT

    return shape


def _boolean(text: str) -> bool:
    word = text.casefold()
    if word not in _TRUE | _FALSE:
        raise ScalarError("value", f"“{text}” is neither true nor false", "write true or false")
    return word in _TRUE


def _integer(least: int | None, most: int | None) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            hint = "write digits only, for example 12"
            raise ScalarError("value", f"“{text[:40]}” is not a whole number", hint) from None
        if (least is not None and number < least) or (most is not None and number > most):
            raise ScalarError("value", f"{text[:40]} is out of range", f"write a number from {least} to {most}")
        return number

    return parse


def _number(least: float | None, most: float | None) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ScalarError(
                "value", f"“{text}” is not a number", "write digits with a decimal point, for example 0.8"
            )
        if (least is not None and number < least) or (most is not None and number > most):
            raise ScalarError("value", f"{text[:40]} is out of range", f"write a number from {least} to {most}")
        return number

    return parse
