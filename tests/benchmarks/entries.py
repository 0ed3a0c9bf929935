"""Entries: a portfolio of any size, the same bytes each time, written for Brag and for its peers."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SKILLS = tuple(f"{what} {field}" for what in ("Applied", "Clinical", "Public", "Basic", "Senior", "Rapid")
               for field in ("planning", "teaching", "triage", "statistics", "budgeting", "writing", "design",
                             "research", "auditing", "logistics"))  # fmt: skip
PROJECTS = ("Amber", "Birch", "Cedar", "Dune", "Elm", "Fern", "Grove", "Heath", "Island", "Jetty")
METRICS = ("waiting time", "error rate", "cost", "attendance", "complaints", "stock", "turnover", "delay", "coverage")
VERBS = ("Halved", "Rebuilt", "Led", "Wrote", "Taught", "Moved", "Closed", "Opened", "Planned", "Repaired")
THINGS = ("the night rota", "the intake form", "the archive", "a training week", "the supply round", "the front desk",
          "a safety review", "the annual report", "the call line", "a shared calendar")  # fmt: skip
WORDS = (
    "ward",
    "desk",
    "team",
    "week",
    "plan",
    "form",
    "call",
    "list",
    "room",
    "door",
    "note",
    "page",
    "count",
    "error",
    "delay",
    "stock",
    "order",
    "patient",
    "client",
    "teacher",
    "driver",
    "nurse",
    "clerk",
    "board",
    "budget",
    "review",
    "report",
    "result",
    "change",
    "method",
    "reason",
    "question",
    "answer",
    "proof",
    "doubt",
    "habit",
    "rule",
    "measured",
    "counted",
    "asked",
    "wrote",
    "moved",
    "split",
    "closed",
    "opened",
    "taught",
    "learned",
    "agreed",
    "refused",
    "waited",
    "returned",
    "kept",
    "dropped",
    "small",
    "large",
    "early",
    "late",
    "clear",
    "quiet",
    "second",
    "first",
    "every",
    "other",
    "before",
    "after",
    "during",
    "between",
    "with",
    "from",
    "into",
    "until",
    "we",
    "they",
    "nobody",
    "somebody",
    "which",
    "that",
    "because",
    "although",
    "while",
    "where",
)
FIRST_DAY = dt.date(2015, 1, 1)


@dataclass(frozen=True)
class Made:
    """One entry: about 160 words in sections, lists, tables or code, and three to six skills."""

    slug: str
    title: str
    date: dt.date
    project: str
    skills: tuple[str, ...]
    metrics: tuple[tuple[str, str], ...]
    summary: str
    body: str


def make_entries(count: int, seed: int = 11) -> Iterator[Made]:
    """Yield *count* entries."""
    chance = random.Random(seed)
    for index in range(count):
        title = f"{chance.choice(VERBS)} {chance.choice(THINGS)} for {chance.choice(PROJECTS)}"
        yield Made(
            slug=f"{title.lower().replace(' ', '-')}-{index:05}",
            title=title,
            date=FIRST_DAY + dt.timedelta(days=chance.randrange(4200)),
            project=chance.choice(PROJECTS),
            skills=tuple(chance.sample(SKILLS, chance.randint(3, 6))),
            metrics=tuple((name, f"{chance.choice('+-')}{chance.randint(2, 90)}%")
                          for name in chance.sample(METRICS, chance.randint(1, 3))),
            summary=_plain(chance, 11),
            body=_body(chance),
        )  # fmt: skip


def write_for_brag(root: Path, count: int, hidden: int = 0) -> None:
    """Write a portfolio of *count* achievements into *root*, *hidden* of them private, with words that no other says."""
    folder = root / "site_content" / "achievements"
    folder.mkdir(parents=True)
    site = "format: 1\ntitle: Portfolio\nurl: https://example.org/\nperson: {name: Robin Sample}\n"
    (root / "site_content" / "site.yaml").write_text(site)
    for number, made in enumerate(make_entries(count)):
        is_hidden = number * hidden // count != (number + 1) * hidden // count
        metrics = "".join(f'  - name: {name}\n    value: "{value}"\n' for name, value in made.metrics)
        front = _front(made, "skills", f"metrics:\n{metrics}visibility: {'private' if is_hidden else 'public'}\n")
        (folder / f"{made.slug}.md").write_text(front + made.body + (_secret(number) if is_hidden else ""))


def write_for_hugo(root: Path, count: int) -> None:
    """Write the same entries for the site in tests/benchmarks/peers/hugo."""
    _write_all(root / "content" / "entries", count, lambda made: _front(made, "skills", _impact(made)) + made.body)


def write_for_mkdocs(root: Path, count: int) -> None:
    """Write the same entries for the site in tests/benchmarks/peers/mkdocs, which wants the title in the body too."""
    _write_all(
        root / "docs" / "entries",
        count,
        lambda made: f"{_front(made, 'tags', _impact(made))}# {made.title}\n\n{made.body}",
    )


def write_for_pelican(root: Path, count: int) -> None:
    """Write the same entries for the site in tests/benchmarks/peers/pelican, which reads lines, not YAML."""
    _write_all(root / "content" / "entries", count, _with_lines)


def _write_all(folder: Path, count: int, spell: Callable[[Made], str]) -> None:
    folder.mkdir(parents=True)
    for made in make_entries(count):
        (folder / f"{made.slug}.md").write_text(spell(made))


def _with_lines(made: Made) -> str:
    impact = "; ".join(f"{name}={value}" for name, value in made.metrics)
    return (
        f"Title: {made.title}\nDate: {made.date}\nSlug: {made.slug}\nCategory: {made.project}\nProject: {made.project}\n"
        f"Tags: {', '.join(made.skills)}\nImpact: {impact}\nSummary: {made.summary}\n\n{made.body}"
    )


def _impact(made: Made) -> str:
    return "impact:\n" + "".join(f'  - metric: {name}\n    value: "{value}"\n' for name, value in made.metrics)


def _front(made: Made, skills_key: str, more: str) -> str:
    skills = ", ".join(made.skills)
    return (
        f'---\ntitle: "{made.title}"\ndate: {made.date}\nproject: {made.project}\n{skills_key}: [{skills}]\n'
        f'{more}summary: "{made.summary}"\n---\n'
    )


def _secret(number: int) -> str:
    chance = random.Random(number)
    names = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=9)).capitalize() for _ in range(20)]
    return f"\nBetween us: {' '.join(names)} and nobody else.\n"


def _plain(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(8, 18))
    place = chance.randrange(len(words))
    dice = chance.random()
    if dice < 0.3:
        words[place] = f"**{words[place]}**"
    elif dice < 0.45:
        words[place] = f"*{words[place]}*"
    elif dice < 0.6:
        words[place] = f"`{words[place]}`"
    elif dice < 0.8:
        words[place] = f"[{words[place]}](https://example.com/{words[place]}/{chance.randrange(9999)})"
    return " ".join(words).capitalize() + "."


def _paragraph(chance: random.Random, low: int, high: int) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(low, high)))


def _body(chance: random.Random) -> str:
    parts = ["## Situation", _paragraph(chance, 2, 4), "## What I did"]
    parts.append("\n".join(f"- {_plain(chance, 8)}" for _ in range(chance.randint(3, 5))))
    parts.append(_paragraph(chance, 2, 3))
    dice = chance.random()
    if dice < 0.3:
        rows = [f"| {name} | {chance.randint(50, 900)} | {chance.randint(5, 500)} |" for name in METRICS[:3]]
        parts.append("\n".join(["| Measure | Before | After |", "|---|---:|---:|", *rows]))
    elif dice < 0.5:
        parts.append(
            "```python\ndef total(rows):\n    for row in rows:\n        if row.open:\n            yield row.count\n```"
        )
    parts += ["### Result", _paragraph(chance, 2, 3)]
    return "\n\n".join(parts) + "\n"
