"""JSON rows: the objects of a JSON file read key by key, with a warning for whatever is not taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.importers.json_tree import Json, JsonTree, Number, pointer
from bragfolio.core.read.shape import Issue, nearest
from bragfolio.model.role import End
from bragfolio.model.scalars import PartialDate, ScalarError, Url
from bragfolio.problems import Problem, Span, printable, warning

if TYPE_CHECKING:
    from bragfolio.core.read.yaml_tree import Path

MAX_ROWS: Final = 1000
"""Of one list; the rest is counted."""
_MAX_UNKNOWN: Final = 20
"""Unknown keys of one object that are named one by one."""
_NOT_OURS: Final = "what is not a part of the format stays behind"
_SHAPE: Final = "see what the format wants here, mend the file and import again"
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BREAKS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_BARE_HOST: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(/[^\s]*)?")
_WITH_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*")
_ONGOING: Final = frozenset({"present", "now", "today", "current", "ongoing"})


class Sourced(Struct, frozen=True):
    """A text and where it stands."""

    text: str
    path: Path


class Row:
    """One object. Each method takes the names of a key, the usual one first, and marks it as read."""

    def __init__(self, value: dict[str, Json], path: Path, issues: list[Issue]) -> None:
        self.path = path
        self._issues = issues
        self._value = value
        self._rest = dict.fromkeys(value)
        self._asked: list[str] = []

    def warn(self, code: str, what: str, hint: str, *, at: tuple[str | int, ...] = ()) -> None:
        """Report *what*, a sentence about the value at *at* below this object."""
        path = (*self.path, *at)
        self._issues.append(Issue(path, code, f"{pointer(path)}: {what}", hint))

    def has(self, name: str) -> bool:
        """Tell whether the key *name* holds anything."""
        return not _is_absent(self._value.get(name))

    def text(self, *names: str, number: bool = False) -> str:
        """Return a text on one line, `""` when it is absent, null or no text. A *number* is as good, where it says so."""
        return " ".join(self.prose(*names, number=number).split())

    def prose(self, *names: str, number: bool = False) -> str:
        """Return a text with its line breaks; as `text` otherwise."""
        name, value = self._take(names)
        return self._as_text(value, (name,), number=number)

    def texts(self, *names: str) -> list[Sourced]:
        """Return the texts of a list, each on one line; a single text counts as a list of one."""
        name, value = self._take(names)
        found = []
        for index, part in enumerate(self._as_list(value, name, "a list of texts")):
            text = " ".join(self._as_text(part, (name, index)).split())
            if text:
                found.append(Sourced(text, (*self.path, name, index)))
        return found

    def rows(self, *names: str, main: str = "") -> list[Row]:
        """Return the objects of a list. A bare text stands for an object with only the key *main*."""
        name, value = self._take(names)
        rows = []
        for index, part in enumerate(self._as_list(value, name, "a list of objects")):
            found: Json = part
            if isinstance(part, str) and part and main:
                what = f"this is a text, not an object; it was taken as its “{main}”"
                self.warn("json-value", what, f'write {{"{main}": "..."}}', at=(name, index))
                found = {main: part}
            if isinstance(found, dict):
                rows.append(Row(found, (*self.path, name, index), self._issues))
            elif not _is_absent(part):
                self._wrong(part, "an object", (name, index))
        return rows

    def row(self, *names: str) -> Row:
        """Return an object, an empty one when it is absent."""
        name, value = self._take(names)
        if not isinstance(value, dict) and not _is_absent(value):
            self._wrong(value, "an object", (name,))
        return Row(value if isinstance(value, dict) else {}, (*self.path, name), self._issues)

    def url(self, *names: str) -> Url | None:
        """Return an address that may be published. One without `https://` gets it; others are left out."""
        text = self.text(*names)
        name = next((name for name in names if name in self._value), names[0])
        if _BARE_HOST.fullmatch(text):
            what = f"“{printable(text[:60])}” has no scheme; it was taken as https://"
            self.warn("json-value", what, "write the whole address", at=(name,))
            text = f"https://{text}"
        if not text:
            return None
        try:
            return Url.parse(text)
        except ScalarError as wrong:
            self.warn(wrong.code, f"{printable(wrong.message[:120])}; it was left out", wrong.hint, at=(name,))
            return None

    def date(self, *names: str) -> PartialDate | None:
        """Return a date; None when it is absent, or none that exists."""
        text = _without_time(self.text(*names, number=True))
        return self._as_date(text, names) if text else None

    def end(self, *names: str) -> End | None:
        """Return a date, or an end that is present where it says `present` in a word."""
        text = _without_time(self.text(*names, number=True))
        if not text:
            return None
        if text.casefold() in _ONGOING:
            return present()
        date = self._as_date(text, names)
        return End.parse(str(date)) if date else None

    def skip(self, *names: str) -> None:
        """Mark keys as known and of no use here."""
        for name in names:
            self._take((name,))

    def close(self) -> None:
        """Report every key that nobody asked for; null and `""` are as good as absent."""
        unknown = [name for name in self._rest if not _is_absent(self._value[name])]
        for name in unknown[:_MAX_UNKNOWN]:
            guess = nearest(name, [asked for asked in self._asked if asked not in self._value])
            hint = f"did you mean “{guess}”?" if guess else _NOT_OURS
            what = f"{pointer((*self.path, name))}: this key is not known; it was left out"
            self._issues.append(Issue((*self.path, name), "json-unknown", what, hint, at_key=True))
        if len(unknown) > _MAX_UNKNOWN:
            what = f"{len(unknown) - _MAX_UNKNOWN:,} more keys are not known; they were left out"
            self.warn("json-unknown", what, _NOT_OURS)

    def _take(self, names: tuple[str, ...]) -> tuple[str, Json]:
        name = next((name for name in names if not _is_absent(self._value.get(name))), names[0])
        self._asked.append(names[0])
        self._rest.pop(name, None)
        return name, self._value.get(name)

    def _as_text(self, value: Json, at: tuple[str | int, ...], *, number: bool = False) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong(value, "text", at)
            return ""
        if isinstance(value, Number) and not number:
            self.warn("json-value", "this is a number; it was taken as text", "put it in quotes", at=at)
        text = _CONTROL.sub("", value)
        if text != value:
            hint = "nothing needs them; look whether a letter is missing"
            self.warn("control-character", "control characters were left out", hint, at=at)
        return _BREAKS.sub("\n", text).strip()

    def _as_list(self, value: Json, name: str, wanted: str) -> list[Json]:
        if _is_absent(value):
            return []
        if isinstance(value, str) and wanted == "a list of texts":
            self.warn("json-value", "this is a text, not a list; it was taken as a list of one", _SHAPE, at=(name,))
            return [value]
        if not isinstance(value, list):
            self._wrong(value, wanted, (name,))
            return []
        if len(value) > MAX_ROWS:
            what = f"of its {len(value):,} items, the first {MAX_ROWS:,} were read"
            self.warn("json-value", what, "a person can read about twenty", at=(name,))
        return value[:MAX_ROWS]

    def _as_date(self, text: str, names: tuple[str, ...]) -> PartialDate | None:
        try:
            return PartialDate.parse(text)
        except ScalarError as wrong:
            name = next((name for name in names if name in self._value), names[0])
            self.warn("date", f"{printable(wrong.message[:80])}; it was left out", wrong.hint, at=(name,))
            return None

    def _wrong(self, value: Json, wanted: str, at: tuple[str | int, ...]) -> None:
        found = {dict: "an object", list: "a list", bool: "true or false", str: "text", Number: "a number"}
        self.warn("json-value", f"this takes {wanted}, not {found[type(value)]}; it was left out", _SHAPE, at=at)


def present() -> End:
    """Return the end of what goes on."""
    return End.parse("present")


def located(issues: list[Issue], tree: JsonTree) -> list[Problem]:
    """Return *issues* as warnings with their places in *tree*."""
    places = tree.locate(issue.path for issue in issues)
    return [
        warning(
            issue.code,
            issue.message,
            Span(tree.file, *(places[issue.path].key if issue.at_key else places[issue.path].value)),
            issue.hint,
        )
        for issue in issues
    ]


def _is_absent(value: Json) -> bool:
    return value is None or value in ("", [], {})


def _without_time(text: str) -> str:
    match = _WITH_TIME.fullmatch(text)
    return match[1] if match else text
