"""JSON Resume: resume.json of schema v1 (jsonresume.org/schema), and of v0 before it, as entries of a portfolio.

Jobs at one employer become one role with positions, highlights become achievements, keywords become skills. What a
resume does not say is not made up: an achievement gets the last day of its position (the first, where that still goes
on), and a highlight of a job without any date stays in the text of its role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from bragfolio.core.importers.json_rows import Row, located
from bragfolio.core.importers.json_tree import parse_json
from bragfolio.core.importers.jsonresume_person import read_person
from bragfolio.core.importers.jsonresume_roles import read_dates, read_jobs, read_projects
from bragfolio.core.importers.plan import Draft, Plan
from bragfolio.core.importers.prose import as_markdown, as_quote, first_sentence, paragraphs, shorten
from bragfolio.model.lists import Credential, Education
from bragfolio.model.page import OwnPage
from bragfolio.model.site import Person
from bragfolio.problems import Span, error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bragfolio.core.read.yaml_tree import Path
    from bragfolio.model.lists import CredentialKind

FORMAT: Final = "jsonresume"


def read_jsonresume(file: str, data: bytes) -> Plan:
    """Return what a JSON Resume holds. Errors (no JSON, over a limit) leave the plan empty; all else are warnings."""
    tree, problems = parse_json(file, data)
    if tree is None:
        return Plan(FORMAT, problems=tuple(problems))
    if not isinstance(tree.value, dict):
        hint = "a JSON Resume starts with { and has basics, work, education ..."
        problem = error("json-value", "this is not a JSON Resume", Span(file, *tree.locate([()])[()].value), hint)
        return Plan(FORMAT, problems=(problem,))
    draft = Draft()
    person, person_paths = _read(Row(tree.value, (), draft.issues), draft)
    paths = [*(e.path for e in draft.entries), *(i.path for i in draft.items), *person_paths.values()]
    return Plan(
        format=FORMAT,
        entries=tuple(draft.entries),
        items=tuple(draft.items),
        person=person,
        person_paths=person_paths,
        spans={path: Span(file, *place.value) for path, place in tree.locate(paths).items()},
        notes=tuple(draft.notes),
        problems=tuple(located(draft.issues, tree)),
    )


def _read(resume: Row, draft: Draft) -> tuple[Person, dict[str, Path]]:
    """Read every section into *draft*; return the person, and where each key of it comes from."""
    _skip_technical(resume)
    person, paths = _person(resume, draft)
    read_jobs(resume.rows("work"), "job", draft)
    read_jobs(resume.rows("volunteer"), "volunteer", draft)
    _skills(resume.rows("skills", main="name"), draft)
    read_projects(resume.rows("projects"), draft)
    for row in resume.rows("education"):
        _education(row, draft)
    for row in resume.rows("awards", main="title"):
        _credential(row, "award", ("title", "awarder", "date"), draft)
    for row in resume.rows("certificates", main="name"):
        _credential(row, "certificate", ("name", "issuer", "date"), draft)
    for row in resume.rows("publications", main="name"):
        _credential(row, "publication", ("name", "publisher", "releaseDate"), draft)
    _references(resume.rows("references"), draft)
    resume.close()
    count = sum(entry.kind == "achievement" for entry in draft.entries)
    if count:
        draft.notes.append(
            f"A resume does not date what it lists: {count} achievement{'s have' if count > 1 else ' has'} the date on "
            "which the position ended, or began where it goes on. Put the right ones in."
        )
    return person, paths


def _skip_technical(resume: Row) -> None:
    """Pass over what tells of the file, not of the person."""
    resume.skip("$schema")
    meta = resume.row("meta")
    meta.skip("canonical", "version", "lastModified", "theme")
    meta.close()


def _person(resume: Row, draft: Draft) -> tuple[Person, dict[str, Path]]:
    """Return the person; a summary of more than a sentence, which is the claim, also becomes the page about."""
    person, paths, summary = read_person(resume)
    if summary:
        person = structs.replace(person, claim=shorten(first_sentence(summary)))
        paths["claim"] = ("basics", "summary")
        if person.claim != summary:
            body = paragraphs(as_markdown(summary))
            draft.add("page", "about", OwnPage(title="About"), body, paths["claim"])
    return person, paths


def _skills(rows: Sequence[Row], draft: Draft) -> None:
    """Add a skill for each keyword, in the category of its group; a group without keywords is a skill itself."""
    levels = [row for row in rows if row.text("level", number=True)]
    for row in rows:
        group, keywords = row.text("name"), row.texts("keywords")
        row.close()
        if group and not keywords:
            draft.add_skill(group, "", row.path)
        for keyword in keywords:
            other = draft.add_skill(keyword.text, group, keyword.path)
            if other not in {None, group}:
                what = f"“{keyword.text}” is a skill already, of “{other}”; it was left out"
                row.warn("json-value", what, "a skill has one category", at=keyword.path[len(row.path) :])
    if levels:
        times = f" ({len(levels)} of them)" if len(levels) > 1 else ""
        what = f"Brag has no self-rated levels; they were left out{times}"
        levels[0].warn("json-value", what, "a skill is shown by the achievements that name it", at=("level",))


def _education(row: Row, draft: Draft) -> None:
    start, end = read_dates(row, is_ongoing=False)
    authored = Education(
        institution=_required(row, ("institution",), "education.yaml"),
        area=row.text("area"),
        degree=row.text("studyType"),
        start=start,
        end=end,
        score=row.text("score", "gpa", number=True),
        url=row.url("url", "website"),
        courses=tuple(course.text for course in row.texts("courses")),
        summary=row.text("summary", "description"),
    )
    row.close()
    draft.add_item(authored, row.path)


def _credential(row: Row, kind: CredentialKind, names: tuple[str, str, str], draft: Draft) -> None:
    """Add a credential; *names* are the keys of its title, its issuer and its date."""
    title, issuer, date = names
    authored = Credential(
        kind=kind,
        title=_required(row, (title, "title", "name"), "credentials.yaml"),
        issuer=row.text(issuer),
        date=row.date(date),
        url=row.url("url", "website"),
        summary=row.text("summary"),
    )
    row.close()
    draft.add_item(authored, row.path)


def _required(row: Row, names: tuple[str, ...], file: str) -> str:
    text = row.text(*names)
    if not text:
        row.warn("json-value", f"there is no “{names[0]}” here", f"write it into {file}")
    return text or "Not named"


def _references(rows: Sequence[Row], draft: Draft) -> None:
    """Add a private page of what others said."""
    parts = []
    for row in rows:
        name, words = row.text("name"), row.prose("reference")
        row.close()
        if words:
            parts.append(as_quote(words))
        if name:
            parts.append(f"— {as_markdown(name)}")
    if not parts:
        return
    page = OwnPage(title="References")
    draft.add("page", "references", page, paragraphs(*parts), ("references",), is_always_private=True)
    draft.notes.append(
        "References stay in private/, whatever the visibility: they are other people's words, and need their consent."
    )
