"""Draft: a ladder in the making: ids for its levels, competencies and criteria, and what is wrong with the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from msgspec import structs

from bragfolio.core.read.shape import Issue, did_you_mean
from bragfolio.core.read.text import without_invisible
from bragfolio.core.read.yaml_tree import Path, Tree
from bragfolio.model.ladder import Competency, Criterion, Ladder, Level
from bragfolio.model.slugs import slugify

MAX_CRITERIA: Final = 2000
"""Of one ladder; the largest that companies publish have some hundreds."""
MAX_NAMES: Final = 500
"""Levels, and competencies, of one ladder."""
_MAX_ISSUES: Final = 100
"""That are told of one file."""
_NUMBERED: Final = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]+", re.MULTILINE)
_TOO_MUCH: Final = "is this the right file?"
_SHAPE: Final = "see what this program writes here, mend the file and import again"


class LadderDraft:
    """Takes levels, competencies and criteria by the names that the file gives them, in its order."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        """All of them errors: a ladder with a hole would judge wrongly."""
        self._levels: dict[str, Level] = {}
        self._competencies: dict[str, Competency] = {}
        self._criteria: list[tuple[str, str, str, tuple[str, ...]]] = []

    def level(self, key: str, name: str = "", summary: str = "") -> None:
        """Add the level that the file calls *key*; one that is there stays."""
        if key not in self._levels and self._has_room(self._levels, "levels"):
            taken = {level.id for level in self._levels.values()}
            self._levels[key] = Level(id=_free(slugify(key), taken), name=_line(name or key), summary=_line(summary))

    def competency(self, key: str, name: str = "", summary: str = "") -> None:
        """Add the competency that the file calls *key*; one that is there stays."""
        if key not in self._competencies and self._has_room(self._competencies, "competencies"):
            taken = {competency.id for competency in self._competencies.values()}
            id_ = _free(slugify(key), taken)
            self._competencies[key] = Competency(id=id_, name=_line(name or key), summary=_line(summary))

    def criterion(self, level: str, competency: str, text: str, path: Path, examples: tuple[str, ...] = ()) -> None:
        """Add what *competency* asks for at *level*. A numbered list is as many criteria; an empty text is none."""
        for word, names, what in ((level, self._levels, "level"), (competency, self._competencies, "competency")):
            if word not in names:
                hint = did_you_mean(word, list(names)) if len(self.issues) < _MAX_ISSUES else ""
                hint = hint or "add it to the file's list of these"
                self._tell(Issue(path, "reference", f"there is no {what} “{word}” in this file", hint))
                return
        parts = [part for part in _NUMBERED.split(text) if part.strip()] if len(_NUMBERED.findall(text)) > 1 else [text]
        lines = [line for part in parts if (line := _line(part))]
        if len(self._criteria) + len(lines) > MAX_CRITERIA:
            what = f"the ladder has more than {MAX_CRITERIA:,} criteria"
            self._tell(Issue(path, "file-size", what, _TOO_MUCH))
        else:
            self._criteria += [(level, competency, line, examples) for line in lines]

    def sort_levels(self) -> None:
        """Put levels that are all numbers into their order."""
        if all(key.isascii() and key.isdigit() for key in self._levels):
            self._levels = dict(sorted(self._levels.items(), key=lambda pair: int(pair[0])))

    def ladder(self, name: str) -> Ladder:
        """Return the ladder, without an id. A criterion has its competency's id, with a number where there are several."""
        groups: dict[str, dict[str, list[tuple[str, tuple[str, ...]]]]] = {}
        for level, competency, text, examples in self._criteria:
            groups.setdefault(competency, {}).setdefault(level, []).append((text, examples))
        competencies = tuple(
            structs.replace(
                found,
                criteria={
                    level.id: _numbered(found.id, groups[key][name])
                    for name, level in self._levels.items()
                    if name in groups.get(key, {})
                },
            )
            for key, found in self._competencies.items()
        )
        return Ladder(id="", name=_line(name), levels=tuple(self._levels.values()), competencies=competencies)

    def rows(self, parent: dict[str, Tree], key: str, path: Path) -> Iterator[tuple[dict[str, Tree], Path]]:
        """Yield the mappings of the list *key* of *parent*, which stands at *path*, each with its path."""
        value = parent.get(key, "")
        if value == "":
            return
        if not isinstance(value, list):
            self._refuse((*path, key), "a list")
            return
        for number, row in enumerate(value):
            if isinstance(row, dict):
                yield row, (*path, key, number)
            else:
                self._refuse((*path, key, number), "keys and values")

    def text(self, row: dict[str, Tree], key: str, path: Path) -> str:
        """Return the text of *key*, `""` when it is absent or no text."""
        value = row.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self._refuse((*path, key), "a text")
        return ""

    def texts(self, row: dict[str, Tree], key: str, path: Path) -> tuple[str, ...]:
        """Return the texts of the list *key*; a single text is a list of one."""
        value = row.get(key, "")
        values = value if isinstance(value, list) else [value]
        found = []
        for number, text in enumerate(values):
            if isinstance(text, str):
                found.append(_line(text))
            else:
                self._refuse((*path, key, number) if isinstance(value, list) else (*path, key), "a text")
        return tuple(text for text in found if text)

    def _refuse(self, path: Path, wanted: str) -> None:
        self._tell(Issue(path, "value-type", f"“{path[-1]}” takes {wanted} here", _SHAPE))

    def _tell(self, issue: Issue) -> None:
        if len(self.issues) < _MAX_ISSUES:
            self.issues.append(issue)

    def _has_room(self, names: Collection[str], what: str) -> bool:
        if len(names) == MAX_NAMES:
            self._tell(Issue((), "file-size", f"the ladder has more than {MAX_NAMES} {what}", _TOO_MUCH))
        return len(names) < MAX_NAMES


def _numbered(id_: str, group: list[tuple[str, tuple[str, ...]]]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(id=id_ if len(group) == 1 else f"{id_}-{number}", text=text, examples=examples)
        for number, (text, examples) in enumerate(group, 1)
    )


def _line(text: str) -> str:
    return " ".join(without_invisible(text).split())


def _free(id_: str, taken: set[str]) -> str:
    number = 1
    while (found := id_ if number == 1 else f"{id_}-{number}") in taken:
        number += 1
    return found
