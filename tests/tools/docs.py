"""Docs: what is generated: the reference, the contract's table in themes/README.md, and what README.md quotes of the bench."""

import inspect
import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

import msgspec
from msgspec import inspect as mi

from bragfolio.cli.main import COMMANDS, run
from bragfolio.core.insight.questions import QUESTIONS
from bragfolio.core.render import contexts
from bragfolio.model.kinds import KINDS, LIST_KINDS
from bragfolio.model.private_files import PRIVATE_FILES
from bragfolio.model.site import SiteConfig
from bragfolio.problems import CODES
from tests.benchmarks.results import MARKS, quoted

REPOSITORY = Path(__file__).parents[2]
REFERENCE = REPOSITORY / "docs" / "reference.md"
CONTRACT = REPOSITORY / "themes" / "README.md"
README = REPOSITORY / "README.md"
RESULTS = REPOSITORY / "tests" / "benchmarks" / "results.md"
_MARKS = re.compile(r"(?<=<!-- contexts:begin -->\n).*(?=<!-- contexts:end -->)", re.DOTALL)


def reference() -> str:
    """Return docs/reference.md."""
    parts = [
        "# Reference",
        "Made from the program by `make docs`; do not edit.",
        "## Keys",
        (
            "Every key is optional but the ones marked *required*. Lists may be written as one value. "
            "Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."
        ),
    ]
    for kind in KINDS:
        parts += [f"### {kind.folder}/*.md", *_struct(kind.model)]
    for listed in LIST_KINDS:
        parts += [f"### {listed.file}: a list of", *_struct(listed.model)]
    parts += ["### site.yaml", *_struct(SiteConfig)]
    parts += ["## Private files", "What the coach works with. No build for others ever shows any of it."]
    for model in dict.fromkeys(file.model for file in PRIVATE_FILES):
        parts += [f"### {_private_heading(model)}", *_struct(model)]
    parts += ["## Commands", "Options that every command takes are listed once, by `brag --help`."]
    parts += [f"### brag {name}\n\n```text\n{_help(name)}```" for name in COMMANDS]
    parts += ["## Findings of the coach", "\n".join(["| code | `brag coach` | what it means |", "| --- | --- | --- |"] + [
        f"| `{code}` | {question.name} | {meaning} |" for question in QUESTIONS for code, meaning in question.findings.items()
    ])]  # fmt: skip
    parts += ["## Problem codes", "\n".join(["| code | what it means |", "| --- | --- |"] + [
        f"| `{code}` | {meaning} |" for code, meaning in sorted(CODES.items())
    ])]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _private_heading(model: type) -> str:
    """Return the paths of the files that hold a *model*, with what stands in them: `private/people.yaml: a list of`."""
    files = [file for file in PRIVATE_FILES if file.model is model]
    names = {"markdown": "*.md", "yaml": "*.yaml"}
    paths = ", ".join(file.path + names.get(file.holds, "") for file in files)
    return paths + {"list": ": a list of", "lines": ": the columns"}.get(files[0].holds, "")


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


def _struct(model: type) -> list[str]:
    lines = ["| key | holds | |", "| --- | --- | --- |"]
    nested: dict[str, type] = {}
    info = mi.type_info(model)
    assert isinstance(info, mi.StructType)
    for field in info.fields:
        kind, description = _describe(field.type, nested)
        required = "*required*. " if field.required else ""
        lines.append(f"| `{field.encode_name}` | {kind} | {required}{description} |")
    tables = [f"{inspect.getdoc(model)}", "\n".join(lines)]
    for name, inner in nested.items():
        tables += [f"**{name}**: " + _struct(inner)[0], *_struct(inner)[1:]]
    return tables


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


def _help(command: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        run([command, "--help"])
    return out.getvalue().split("\neverywhere:")[0].rstrip() + "\n"


def main() -> int:
    """Write what is generated."""
    REFERENCE.write_text(reference(), encoding="utf-8")
    CONTRACT.write_text(contract(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
