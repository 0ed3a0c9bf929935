"""Projection: whoever sees more sees all that others see, and the order of files on disk changes nothing."""

import datetime as dt
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bragfolio.app.build import load_renderer, plan_build
from bragfolio.app.day import Day
from bragfolio.app.prepare import Read, link_for
from bragfolio.core.project.audiences import read_audiences
from bragfolio.core.project.projection import View, project
from bragfolio.core.project.visibility import check_visibility
from bragfolio.core.read.portfolio import read_portfolio
from bragfolio.model.tree import SourceFile, SourceTree

AS_OF = dt.date(2026, 8, 15)
CUSTOM = ("team", "panel", "board")
NAMES = ("public", "market", "company", "leadership", *CUSTOM)
VISIBILITIES = st.lists(st.sampled_from(NAMES), unique=True, max_size=3) | st.just(["private"])


@st.composite
def portfolios(draw):
    """Draw the files of a portfolio with its own audiences, entries of all kinds, overlays and lists."""
    audiences, known = {}, ["public", "market", "company", "leadership"]
    for name in CUSTOM:
        audiences[name] = {"includes": draw(st.lists(st.sampled_from(known), unique=True, max_size=2))}
        known.append(name)
    files = {"site.yaml": json.dumps({"title": "Ada", "url": "https://example.org/", "audiences": audiences})}
    for number in range(draw(st.integers(1, 8))):
        keys = {
            "title": f"Deed {number}", "date": draw(st.sampled_from(["2026-07-20", "2026-07", "2025", "2026-08-15"])),
            "visibility": draw(VISIBILITIES), "skills": draw(st.lists(st.sampled_from(["SQL", "sql", "C#", "Go"]), max_size=3)),
            "metrics": [{"name": f"m{index}", "value": index, "visibility": names} for index, names in enumerate(draw(st.lists(VISIBILITIES, max_size=3)))],
            "evidence": [{"url": f"https://example.org/{index}", "visibility": names} for index, names in enumerate(draw(st.lists(VISIBILITIES, max_size=2)))],
            "feedback": [{"quote": name, "consent": name} for name in draw(st.lists(st.sampled_from(["none", *NAMES]), max_size=3))],
            "role": draw(st.sampled_from(["", "acme"])),
        }  # fmt: skip
        body = draw(st.sampled_from(["", "See [[d0]] and [[about]].", "Words.\n\n[x](d1.md)"]))
        files[f"{draw(st.sampled_from(['', '', 'private/']))}achievements/d{number}.md"] = entry(keys, body)
    for path, keys in {
        "roles/acme.md": {"employer": "Acme"},
        "pages/about.md": {"title": "About"},
        "skills/sql.md": {"name": "SQL"},
    }.items():
        files[path] = entry({**keys, "visibility": draw(VISIBILITIES)}, "")
    for number in range(draw(st.integers(0, 3))):
        overlay = {"visibility": draw(VISIBILITIES), "impact": f"secret {number}", "tags": ["more"]}
        files.setdefault(f"private/achievements/d{number}.md", entry(overlay, "And more."))
    files["education.yaml"] = json.dumps(
        [
            {"institution": f"School {index}", "visibility": names}
            for index, names in enumerate(draw(st.lists(VISIBILITIES, max_size=3)))
        ]
    )
    return files


def entry(keys, body):
    """Return a Markdown file; JSON is YAML."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in keys.items() if value not in ("", [])]
    return "\n".join(["---", *lines, "---", body, ""])


SEARCHABLE = {
    f"achievements/known{number}.md": entry(
        {"title": f"Known {number}", "date": "2026-07-01", "visibility": ["public"]}, "All know it; see [[d0]]."
    )
    for number in range(3)
}
"""With them a site has a search page and its index."""


def read(files):
    """Return the portfolio, its audiences and its problems; `public` in private/ is one."""
    tree = SourceTree({path: SourceFile(path, len(text), text.encode()) for path, text in files.items()})
    portfolio, problems = read_portfolio(tree)
    audiences, found = read_audiences(portfolio.config, portfolio.config_source)
    return portfolio, audiences, [*problems, *found, *check_visibility(portfolio, audiences)]


def seen_by(portfolio, audiences, audience):
    """Return everything that one audience sees, as a set of facts."""
    projection, _ = project(portfolio, audiences, View(audience, AS_OF, dt.UTC))
    facts: set[tuple[object, ...]] = {(item.kind, item.id) for item in projection.items}
    for item in projection.achievements:
        authored = item.authored
        facts |= {(item.id, "metric", metric.name) for metric in authored.metrics}
        facts |= {(item.id, "evidence", evidence.url) for evidence in authored.evidence}
        facts |= {(item.id, "feedback", feedback.quote) for feedback in authored.feedback}
        facts |= (
            {(item.id, "impact", authored.impact), (item.id, "bodies", len(item.bodies))} if authored.impact else set()
        )
    return facts | {("education", education.institution) for education in projection.education}


@given(portfolios())
def test_whoever_is_granted_an_audience_sees_all_that_it_sees(files):
    portfolio, audiences, _ = read(files)
    seen = {name: seen_by(portfolio, audiences, name) for name in audiences.names}
    for name, granted in audiences.sees.items():
        assert seen["public"] <= seen[name] <= seen["self"]
        for other in granted:
            assert seen[other] <= seen[name]


@given(portfolios())
def test_the_public_sees_what_names_it_outside_private_and_nothing_else(files):
    portfolio, audiences, _ = read(files)
    shown = {fact for fact in seen_by(portfolio, audiences, "public") if len(fact) == 2 and fact[0] == "achievement"}
    named = {
        ("achievement", path.removeprefix("achievements/").removesuffix(".md"))
        for path, text in files.items()
        if path.startswith("achievements/") and '"public"' in text.split("visibility: ")[-1].split("\n")[0]
    }
    assert shown == named
    assert not any("secret" in str(fact) for fact in seen_by(portfolio, audiences, "public"))


@settings(max_examples=settings().max_examples // 4)  # each builds two sites
@given(portfolios(), st.randoms(use_true_random=False), st.sampled_from(["public", "leadership", "self"]))
def test_the_order_of_files_on_disk_changes_no_byte(files, random, audience):
    files |= SEARCHABLE
    shuffled = list(files.items())
    random.shuffle(shuffled)
    one, other = (everything_built(order, audience) for order in (files, dict(shuffled)))
    assert one == other
    assert len(one) > 5
    assert {"search.html", "search/2026.js", "search/more.js"} <= one.keys()


@settings(max_examples=settings().max_examples // 4)  # each sets two sites, with PDFs and cards
@given(portfolios(), st.sampled_from(["public", "market", "leadership", "board"]))
def test_l02_a_build_is_the_same_whether_what_is_hidden_exists_or_not(files, audience):
    files |= SEARCHABLE
    portfolio, audiences, _ = read(files)
    projection, _ = project(portfolio, audiences, View(audience, AS_OF, dt.UTC))
    shown = {file for item in projection.items for file in item.files}
    rest = {path: text for path, text in files.items() if not path.endswith(".md") or path in shown}
    rest = {
        path: without_hidden_fields(text, audiences, audience) if path.endswith(".md") else text
        for path, text in rest.items()
    }
    lists = json.loads(rest["education.yaml"])
    seen = {education.institution for education in projection.education}
    rest["education.yaml"] = json.dumps([item for item in lists if item["institution"] in seen])
    one = everything_built(files, audience, with_pdf=True)
    assert one == everything_built(rest, audience, with_pdf=True)
    assert "search/2026.js" in one


def without_hidden_fields(text, audiences, audience):
    """Return an entry less the metrics, evidence and feedback that *audience* may not see."""
    front, body = text.removeprefix("---\n").split("\n---\n", 1)
    keys = {line.partition(": ")[0]: json.loads(line.partition(": ")[2]) for line in front.splitlines()}
    for name in ("metrics", "evidence"):
        keys[name] = [
            part
            for part in keys.get(name, ())
            if not part["visibility"] or audiences.may_see(audience, tuple(part["visibility"]))
        ]
    keys["feedback"] = [
        part
        for part in keys.get("feedback", ())
        if part["consent"] != "none" and audiences.may_see(audience, (part["consent"],))
    ]
    return entry(keys, body)


def everything_built(files, audience, *, with_pdf=False):
    """Return all pages and files of one build, by path."""
    portfolio, audiences, _ = read(files)
    found = Read(portfolio, audiences, Day(AS_OF, dt.UTC), ())
    linked, _, _ = link_for(found, audience)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        renderer = load_renderer(root, portfolio.config, portfolio.config_source)
        plan, _ = plan_build(root, found, linked, renderer, base_url=None, with_pdf=with_pdf)
    engine = renderer.engine
    assert plan is not None
    assert engine is not None
    return {**{job.path: engine.render(job.template, job.context()) for job in plan.jobs}, **plan.files}
