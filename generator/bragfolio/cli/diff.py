"""brag diff."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data
from bragfolio.problems import printable

if TYPE_CHECKING:
    from bragfolio.app.diff import DiffReport, FieldDiff, Key, Sides

_MAX_FILES = 30
"""Files of a kind that are listed without -v."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--audience", required=True, help="the one")
    parser.add_argument("--against", default="public", metavar="AUDIENCE", help="the other (default: public)")
    parser.add_argument("--show", action="store_true", help="print the values that differ, too")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Say what the sites of two audiences have each for itself."""
    from bragfolio.app.diff import diff
    from bragfolio.app.prepare import UnknownAudience

    one, other = arguments.audience, arguments.against
    try:
        report = diff(find_root(arguments), one, other, arguments.as_of)
    except UnknownAudience as unknown:
        terminal.error(f"brag diff: {unknown}")
        return Exit.USAGE
    terminal.problems(report.problems)
    terminal.emit(_data(report, one, other, shows=arguments.show))
    if report.files is None:
        terminal.error("Nothing was compared.")
        return Exit.PROBLEMS
    _tell_in_sentences(report, one, other, terminal)
    _tell_items(report, one, other, terminal, shows=arguments.show)
    _tell_files(report.files, one, other, terminal)
    return Exit.OK


def _tell_in_sentences(report: DiffReport, one: str, other: str, terminal: Terminal) -> None:
    more = [((item.kind, item.id), field) for item in report.items for field in item.fields]
    for viewer, against, keys, fields in (
        (one, other, report.only_one, [pair for pair in more if not pair[1].other]),
        (other, one, report.only_other, [pair for pair in more if not pair[1].one]),
    ):
        terminal.say(_sentence(viewer, against, keys, fields))
    changed = [(item.kind, item.id) for item in report.items for field in item.fields if field.one and field.other]
    if changed:
        verb = "says" if len(changed) == 1 else "say"
        what = f"{_count(len(changed), 'field')} of {_count(len(set(changed)), 'item')}"
        terminal.say(f"{what} {verb} something else to each.")


def _sentence(viewer: str, against: str, keys: Sequence[Key], fields: list[tuple[Key, FieldDiff]]) -> str:
    from bragfolio.core.project.explain import capital, whom

    sees = f"{capital(whom(viewer))} {'see' if viewer == 'self' else 'sees'}"
    lacks = f"that {whom(against)} {'do' if against == 'self' else 'does'} not"
    kinds = Counter(kind for kind, _ in keys)
    parts = [_count(number, _NAMES.get(kind, kind)) for kind, number in kinds.items()]
    whole = f"{' and '.join(filter(None, (', '.join(parts[:-1]), *parts[-1:])))} {lacks}" if parts else ""
    items = len({key for key, _ in fields})
    some = f"{_count(len(fields), 'field')} of {f'{items} more' if parts else _count(items, 'item') + ' ' + lacks}"
    said = ", and ".join(filter(None, (whole, some if fields else "")))
    return f"{sees} {said or f'nothing {lacks}'}."


_NAMES = {"education": "entry of education.yaml", "credential": "entry of credentials.yaml"}


def _count(number: int, name: str) -> str:
    first, _, rest = name.partition(" ")
    many = f"{first[:-1]}ies" if first.endswith("y") else f"{first}s"
    return f"{number} {first if number == 1 else many}{' ' if rest else ''}{rest}"


def _tell_items(report: DiffReport, one: str, other: str, terminal: Terminal, *, shows: bool) -> None:
    for audience, keys in ((one, report.only_one), (other, report.only_other)):
        if keys:
            terminal.say(f"Only for {audience}:")
        for key in keys:
            terminal.say(printable(f"  {_name(*key)}"))
    if report.items:
        terminal.say("Different:")
    for item in report.items:
        terminal.say(printable(f"  {_name(item.kind, item.id)}: {', '.join(field.field for field in item.fields)}"))
        for field in item.fields if shows else ():
            for audience, value in ((one, field.one), (other, field.other)):
                terminal.say(printable(f"    {field.field} for {audience}: {value or 'nothing'}"))


def _name(kind: str, id_: str) -> str:
    return f"{kind}/{id_}" if id_ and " " not in id_ else id_ or "site.yaml"


def _tell_files(files: Sides, one: str, other: str, terminal: Terminal) -> None:
    terminal.say(
        f"Files: {len(files.one)} only for {one}, {len(files.other)} only for {other}, "
        f"{len(files.different)} different, {files.same} the same."
    )
    for sign, paths in (("+", files.one), ("-", files.other), ("~", files.different if terminal.verbose else ())):
        shown = paths if terminal.verbose else paths[:_MAX_FILES]
        for path in shown:
            terminal.say(printable(f"  {sign} {path}"))
        if len(shown) < len(paths):
            terminal.say(f"  {sign} ... and {len(paths) - len(shown)} more; -v lists them all")


def _data(report: DiffReport, one: str, other: str, *, shows: bool) -> dict[str, object]:
    files = report.files
    return {
        "audience": one,
        "against": other,
        "only": {one: [_key(key) for key in report.only_one], other: [_key(key) for key in report.only_other]},
        "different": [
            {
                **_key((item.kind, item.id)),
                "fields": [
                    {"field": field.field, **({"values": _values(field, one, other)} if shows else {})}
                    for field in item.fields
                ],
            }
            for item in report.items
        ],
        "files": {
            "only": {one: list(files.one), other: list(files.other)},
            "different": list(files.different),
            "same": files.same,
        }
        if files
        else None,
        "problems": [problem_data(problem) for problem in report.problems],
    }


def _key(key: Key) -> dict[str, object]:
    return {"kind": key[0], "id": key[1]}


def _values(field: FieldDiff, one: str, other: str) -> dict[str, object]:
    import json

    return {
        audience: json.loads(value) if value else None for audience, value in ((one, field.one), (other, field.other))
    }
