"""Docs: what is generated: the pages of the reference, the contract's table in themes/README.md, what README.md quotes of the bench."""

import argparse
import inspect
import re
import sys
from functools import cache
from pathlib import Path

import msgspec
from msgspec import inspect as mi

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import COMMANDS, _common_options, _module
from bragfolio.core.insight.questions import QUESTIONS
from bragfolio.core.render import contexts
from bragfolio.model.common import Common
from bragfolio.model.kinds import KINDS, LIST_KINDS
from bragfolio.model.private_files import PRIVATE_FILES
from bragfolio.model.site import SiteConfig, SiteOverlay
from bragfolio.problems import CODES
from tests.benchmarks.results import MARKS, quoted

REPOSITORY = Path(__file__).parents[2]
PAGES = REPOSITORY / "docs" / "site_content" / "pages"
CONTRACT = REPOSITORY / "themes" / "README.md"
README = REPOSITORY / "README.md"
RESULTS = REPOSITORY / "tests" / "benchmarks" / "results.md"
_MARKS = re.compile(r"(?<=<!-- contexts:begin -->\n).*(?=<!-- contexts:end -->)", re.DOTALL)


@cache
def reference() -> dict[Path, str]:
    """Return the pages of the reference, by file."""
    return {PAGES / f"{name}.md": make() for name, make in _REFERENCE.items()}


def _entries() -> str:
    """Return the page of what every entry may say."""
    parts = ["## All entries", *_struct(Common)]
    for kind in KINDS:
        parts += [f"## `{kind.folder}/*.md`", *_struct(kind.model)]
    for listed in LIST_KINDS:
        parts += [f"## `{listed.file}`", "A list. Each of its entries:", *_struct(listed.model)]
    return _page("Keys of entries", 110, "Every key of achievements, skills, roles, pages, campaigns, education and credentials.", [
        (
            "An entry's id is the name of its file, with a hyphen for blanks and for signs that mean something on a command line. "
            "Every key is optional but the ones marked *required*. A list of one value may be written as the value. "
            "Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. In your editor: `brag schema achievement`."
        ),
        *parts,
    ])  # fmt: skip


def _site() -> str:
    """Return the page of site.yaml."""
    return _page("Keys of site.yaml", 120, "Who you are and how your site is made: every key has a default.", [
        "## `site.yaml`", *_struct(SiteConfig), "## `private/site.yaml`", *_struct(SiteOverlay, known=SiteConfig),
    ])  # fmt: skip


def _private() -> str:
    """Return the page of the files that only their owner sees."""
    parts = ["What the coach works with. No build for others ever shows any of it."]
    for model in dict.fromkeys(file.model for file in PRIVATE_FILES):
        parts += [*_private_heading(model), *_struct(model)]
    return _page(
        "Keys of private files", 130, "People, goals, plan, promotion, stories, adverts, ladders and ledgers.", parts
    )


def _commands() -> str:
    """Return the page of the commands."""
    codes = [f"| {code.value} | {text} |" for code, text in _docs_of_members(Exit)]
    parts = [part for name, summary in COMMANDS.items() for part in _command(name, summary)]
    return _page("Commands", 140, "Every command with its options, and what it tells the shell.", [
        "`bragfolio` is the same as `brag`, and so is `python -m bragfolio`. `brag COMMAND --help` says what stands here.",
        *parts,
        "## Options of every command", _options(_common_options(None)),
        "## Exit codes", "\n".join(["| code | what it means |", "| --- | --- |", *codes]),
    ])  # fmt: skip


def _command(name: str, summary: str) -> list[str]:
    parser = argparse.ArgumentParser(f"brag {name}", add_help=False, formatter_class=_Wide)
    _module(name).add_arguments(parser)
    usage = parser.format_usage().removeprefix("usage: ")
    return [f"## brag {name}", f"{summary[0].upper()}{summary[1:]}.", f"```text\n{usage}```", _options(parser)]


class _Wide(argparse.HelpFormatter):
    """Sets no line breaks, so that no terminal's width gets into a file."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=10_000)


def _options(parser: argparse.ArgumentParser) -> str:
    """Return a table of what *parser* takes; nothing when it takes nothing."""
    rows = []
    for action in parser._actions:  # argparse has no other way to list them
        name = str(action.metavar or action.dest.upper())
        takes = action.nargs != 0
        words = ", ".join(action.option_strings) + (f" {name}" if takes else "") if action.option_strings else name
        choices = ", ".join(f"`{choice}`" for choice in action.choices or ())
        rows.append(f"| `{words}` | {action.help}{f' ({choices})' if action.option_strings and choices else ''} |")
    return "\n".join(["| word | what it does |", "| --- | --- |", *rows]) if rows else ""


def _codes() -> str:
    """Return the page of problem codes and findings."""
    findings = [
        f"| `{code}` | {question.name} | {meaning} |"
        for question in QUESTIONS
        for code, meaning in question.findings.items()
    ]
    problems = [f"| `{code}` | {meaning} |" for code, meaning in sorted(CODES.items())]
    return _page("Codes", 150, "What each code of a problem and of a finding means.", [
        (
            "A problem says where it is, what is wrong and what to write instead. Its code stands in brackets: `error[link]`. With an error "
            "nothing is published. Warnings that you know of go into `check: {ignore: [code]}` of site.yaml."
        ),
        "## Problems", "\n".join(["| code | what it means |", "| --- | --- |", *problems]),
        "## Findings of the coach", "\n".join(["| code | `brag coach` | what it means |", "| --- | --- | --- |", *findings]),
    ])  # fmt: skip


_REFERENCE = {
    "entries": _entries, "site-yaml": _site, "private-files": _private, "commands": _commands, "codes": _codes,
}  # fmt: skip


def _page(title: str, order: int, summary: str, parts: list[str]) -> str:
    """Return a page of docs/."""
    keys = f'title: {title}\ngroup: Reference\norder: {order}\nsummary: "{summary}"'
    return (
        "\n\n".join(
            [f"---\n{keys}\n---\n<!-- Made from the program by `make docs`; do not edit. -->", *filter(None, parts)]
        )
        + "\n"
    )


def _docs_of_members(enum: type[Exit]) -> list[tuple[Exit, str]]:
    """Return each member with the text below it, or its name."""
    found = re.findall(r'^    (\w+) = \d+\n(?:    """(.*?)""")?', inspect.getsource(enum), re.MULTILINE)
    return [(enum[name], text or "All is well.") for name, text in found]


def _private_heading(model: type) -> list[str]:
    """Return the paths of the files that hold a *model*, as a heading, and what stands in them."""
    files = [file for file in PRIVATE_FILES if file.model is model]
    names = {"markdown": "*.md", "yaml": "*.yaml"}
    paths = ", ".join(f"`{file.path}{names.get(file.holds, '')}`" for file in files)
    holds = {"list": "A list. Each of its entries:", "lines": "A table. Its columns:"}.get(files[0].holds, "")
    return [f"## {paths}", holds]


def contract() -> str:
    """Return themes/README.md with its table of contexts made anew."""
    tables = []
    for name, struct in vars(contexts).items():
        if isinstance(struct, type) and issubclass(struct, msgspec.Struct) and struct.__module__ == contexts.__name__:
            tables.append(f"#### {name}\n\n{inspect.getdoc(struct)}\n\n{_fields_of_source(struct)}")
    return _MARKS.sub(lambda _: "\n" + "\n\n".join(tables) + "\n\n", CONTRACT.read_text(encoding="utf-8"))


def readme() -> str:
    """Return README.md with the table that the last run of `make bench` left in its results."""
    begin, end = MARKS
    before, _, rest = README.read_text(encoding="utf-8").partition(begin)
    return before + begin + quoted(RESULTS.read_text(encoding="utf-8")) + end + rest.partition(end)[2]


def _fields_of_source(struct: type) -> str:
    source = inspect.getsource(struct)
    rows = re.findall(r'^    (\w+): ([^\n]+)\n(?:    """(.*?)""")?', source, re.MULTILINE | re.DOTALL)
    lines = ["| field | type | |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | `{kind.replace('|', 'or')}` | {' '.join(text.split())} |"
              for name, kind, text in rows]  # fmt: skip
    return "\n".join(lines)


def _struct(model: type, known: type = Common) -> list[str]:
    """Return what *model* is, its keys but for those that it has in common with *known*, and the same of what stands within it."""
    nested: dict[str, type] = {}
    rows = _rows(model, nested)
    shared = _rows(known, {}) if known is not model else []
    own = [row for row in rows if row not in shared]
    text = f"{inspect.getdoc(model)}"
    if len(own) < len(rows):
        text += " The keys of all entries, and:" if known is Common else ""
        nested = {name: inner for name, inner in nested.items() if any(name in row for row in own)}
    tables = [text, "\n".join(["| key | holds | what it says |", "| --- | --- | --- |", *own])]
    for name, inner in nested.items():
        tables += [f"### {name}", *_struct(inner)]
    return tables


def _rows(model: type, nested: dict[str, type]) -> list[str]:
    info = mi.type_info(model)
    assert isinstance(info, mi.StructType)
    rows = []
    for field in info.fields:
        inner: dict[str, type] = {}
        kind, description = _describe(field.type, inner)
        nested |= inner
        if not description and inner:
            description = f"{inspect.getdoc(*inner.values())}".partition(". ")[0].rstrip(".") + "."
        required = "*required*. " if field.required else ""
        default = (
            f" `{_spelt(field.default)}` when absent."
            if _is_telling(field.default) and "absent" not in description
            else ""
        )
        rows.append(f"| `{field.encode_name}` | {kind} | {required}{description}{default} |")
    return rows


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_telling(default: object) -> bool:
    """Tell whether a reader wants to know what holds when a key is absent: a number or a word, but not that there is none."""
    return isinstance(default, int | float | str) and bool(default)


def _describe(kind: mi.Type, nested: dict[str, type]) -> tuple[str, str]:  # noqa: PLR0911 - a line for each type
    match kind:
        case mi.Metadata(type=inner, extra_json_schema=extra):
            return _describe(inner, nested)[0], str((extra or {}).get("description", ""))
        case mi.UnionType(types=types):
            return _describe(next(t for t in types if not isinstance(t, mi.NoneType)), nested)
        case mi.VarTupleType(item_type=item):
            return f"list of {_describe(item, nested)[0]}", ""
        case mi.DictType(value_type=value):
            return f"mapping to {_describe(value, nested)[0]}", ""
        case mi.StructType(cls=cls):
            nested[cls.__name__] = cls
            return cls.__name__, ""
        case mi.LiteralType(values=values):
            return " ".join(f"`{value}`" for value in values), ""
        case mi.CustomType(cls=cls):
            names = {"PartialDate": "date", "End": "date or `present`", "Moment": "day or instant", "Since": "`18m`, `2y`, `90d` or a date", "Quantity": "number",
                     "Url": "address", "SiteUrl": "address of a site", "FilePath": "file beside the entry", "SlugText": "slug", "SitePath": "path on the site",
                     "object": "anything"}  # fmt: skip
            return names[cls.__name__], ""
        case mi.BoolType():
            return "`true` or `false`", ""
        case mi.IntType() | mi.FloatType():
            return "number", ""
    return "text", ""


@cache
def generated() -> dict[Path, str]:
    """Return everything that is generated, by path."""
    return reference() | {CONTRACT: contract(), README: readme()}


def main() -> int:
    """Write what is generated."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
