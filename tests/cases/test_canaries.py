"""Canaries: a word of its own in every field of everything hidden, and none of them anywhere in what narrower eyes get.

Cases L01 to L24 that are not in test_leaks.py, test_images.py, test_guard.py or test_scan.py are here.
"""

import json
import shutil
from itertools import count

import pytest

from tests.portfolios import SITE, achievement, assert_built
from tests.program import build, must

NUMBERS = count(1)
FIELDS = {
    "achievement": ("title", "summary", "project", "short", "impact", "my_part", "image_alt"),
    "skill": ("name", "summary", "category", "parent"),
    "role": ("employer", "location", "vertical", "summary"),
    "page": ("title", "summary"),
    "campaign": ("title", "summary", "goal"),
}
FOLDERS = {"achievement": "achievements", "skill": "skills", "role": "roles", "page": "pages", "campaign": "campaigns"}
SIDECARS = {
    "people.yaml": "- {{id: {0}, name: {1}, cares_about: [{2}]}}\n",
    "goals.yaml": "- {{id: {0}, title: {1}, owner: {2}}}\n",
    "plan.yaml": "principle: {0}\nwant: [{1}]\navoid: [{2}]\n",
    "promotion.yaml": "target: {0}\ndecision_maker: {1}\nvoters: [{2}]\n",
    "questions.yaml": "- {{id: {0}, text: {1}, competencies: [{2}]}}\n",
    "announcements.csv": "date,achievement,channel,audience,to,url\n2026-07-01,{0},{1},self,{2},https://example.org/x\n",
    "sent.csv": "date,campaign,to,file,sha256,channel,outcome\n2026-07-01,{0},{1},x,y,z,{2}\n",
    "opportunities.csv": "date,source,employer,title,posting,responded,outcome,notes\n2026-07-01,{0},{1},{2},x,2026-07-02,z,w\n",
    "postings/p.md": "---\ntitle: {0}\nemployer: {1}\n---\n{2}\n",
    "stories/s.md": "---\ntitle: {0}\nsummary: {1}\n---\n{2}\n",
    "ladders/l.yaml": "id: {0}\nname: {1}\nlevels: [{{id: {2}}}]\n",
    "education.yaml": "- {{institution: {0}, area: {1}, degree: {2}}}\n",
    "credentials.yaml": "- {{kind: award, title: {0}, issuer: {1}, summary: {2}}}\n",
    "site.yaml": "title: {0}\ndescription: {1}\nperson: {{claim: {2}}}\n",
}


def canary():
    return f"canary{next(NUMBERS):03}bird"


def hidden_entry(kind, visibility):
    """Return a file that says a canary in every field, and what it says."""
    keys = {name: canary() for name in FIELDS[kind]}
    words = list(keys.values())
    if kind == "achievement":
        keys["image_alt"] = ""
        more = [canary() for _ in range(17)]
        words = [word for word in words if word in keys.values()] + more
        keys |= {
            "date": "2026-08-01", "stars": 5, "featured": True, "pin": True, "skills": [more[0]], "tags": [more[1]], "competencies": [more[2]],
            "goals": [more[3]], "ladder": [more[4]], "metrics": [{"name": more[5], "value": 5, "unit": "x", "source": more[6]}],
            "evidence": [{"label": more[7], "url": f"https://example.org/{more[8]}"}],
            "feedback": [{"from": more[9], "byline": more[10], "quote": more[11], "consent": "none"}],
            "star": {"situation": more[12], "task": more[13], "action": more[14], "result": more[15], "reflection": more[16]},
        }  # fmt: skip
    if kind == "skill":
        more = [canary()]
        words += more
        keys["synonyms"] = more
    if kind == "role":
        more = [canary(), canary()]
        words += more
        keys["positions"] = [{"title": more[0], "start": "2020", "change": more[1]}]
    if kind == "campaign":
        more = [canary() for _ in range(3)]
        words += more
        keys |= {
            "claims": [{"text": more[0], "proof": []}],
            "cta": {"label": more[1], "url": f"https://example.org/{more[2]}"},
        }
    body, name = canary(), canary()
    keys["audience" if kind == "campaign" else "visibility"] = visibility
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items() if value)
    return name, f"---\n{text}---\n{body}\n", [*words, body, name]


@pytest.fixture
def full(portfolio):
    """A portfolio with something public of every kind, and of every kind hidden ones; canaries by the audience that may see them."""
    kept: dict[str, list[str]] = {"nobody": [], "leadership": [], "market": []}
    portfolio.write(
        {
            "site_content/site.yaml": SITE.replace(
                "name: Ada Quill", "name: Ada Quill, phone: {value: canary900bird, visibility: market}"
            )
        }
    )
    kept["market"].append("canary900bird")
    for kind, folder in FOLDERS.items():
        for place, visibility, owner in (
            ("", "private", "nobody"),
            ("private/", "private", "nobody"),
            ("private/", "leadership", "leadership"),
        ):
            name, text, words = hidden_entry(
                kind, visibility if visibility != "private" or kind != "campaign" else "private"
            )
            portfolio.entry(text, f"{place}{folder}/{name}.md")
            if kind == "campaign" and owner != "nobody":
                goal = json.loads(
                    next(line for line in text.splitlines() if line.startswith("goal")).partition(": ")[2]
                )
                kept["nobody"].append(goal)
                words = [word for word in words if word != goal]
            if kind == "achievement" and owner != "nobody":
                secret = json.loads(
                    next(line for line in text.splitlines() if line.startswith("feedback")).partition(": ")[2]
                )[0]
                own = [
                    secret["from"],
                    secret["byline"],
                    secret["quote"],
                    *_list(text, "goals"),
                    *_list(text, "ladder"),
                    *_list(text, "competencies"),
                ]
                kept["nobody"] += own[:5]
                words = [word for word in words if word not in own]
            kept[owner] += words
    for name, form in SIDECARS.items():
        words = [canary() for _ in range(3)]
        portfolio.entry(form.format(*words), f"private/{name}")
        kept["nobody"] += words
    words = [canary() for _ in range(6)]
    portfolio.entry(
        achievement(f"metrics: [{{name: {words[0]}, value: 5, visibility: leadership}}]", f"evidence: [{{label: {words[1]}, url: 'https://example.org/x', visibility: market}}]",
                    f"feedback: [{{from: {words[2]}, quote: {words[3]}, consent: none}}]", "skills: [Baking]"), "achievements/x.md",
    )  # fmt: skip
    portfolio.entry(f"---\nimpact: {words[4]}\neffort_days: 3\n---\n{words[5]}\n", "private/achievements/x.md")
    for name in ("y", "z"):  # enough to search in
        portfolio.entry(achievement(), f"achievements/{name}.md")
    portfolio.entry("---\ntitle: Public campaign\naudience: public\n---\n", "campaigns/open.md")
    kept["leadership"].append(words[0])
    kept["market"].append(words[1])
    kept["nobody"] += words[2:]
    return portfolio, kept


def _list(text, key):
    return json.loads(next(line for line in text.splitlines() if line.startswith(key)).partition(": ")[2])


def names_and_texts(portfolio, folder):
    return portfolio.everything(folder).casefold() + "\n".join(portfolio.built(folder)).casefold()


@pytest.mark.parametrize("audience", ["public", "market", "company", "leadership"])
def test_r6_no_canary_is_heard_by_those_who_may_not(full, audience):
    portfolio, kept = full
    assert sum(map(len, kept.values())) >= 40
    outcome = portfolio.build("--audience", audience)
    assert outcome.code == 0, outcome.text
    folder = "output" if audience == "public" else f".brag/builds/{audience}"
    heard = names_and_texts(portfolio, folder)
    assert "search/2026.js" in portfolio.built(folder), "nobody listens to the index"
    may = {"public": (), "market": ("market",), "company": (), "leadership": ("leadership",)}[audience]
    silent = [word for owner, words in kept.items() if owner not in may for word in words]
    assert [word for word in silent if word in heard] == []
    assert [word for word in silent if word in outcome.text] == []
    if audience == "leadership":
        index = "".join(portfolio.page(path, folder) for path in portfolio.built(folder) if path.startswith("search/"))
        assert len([word for word in kept["leadership"] if word in index]) > 20, "the index is deaf"
        assert len([word for word in kept["leadership"] if word in heard]) > 20, "the test would not hear a canary"


def test_l02_l11_what_was_public_yesterday_is_gone_today(full):
    portfolio, _ = full
    portfolio.entry(
        achievement("featured: true", "skills: [Juggling]").replace("Cut the queue", "Shown yesterday only"),
        "achievements/z.md",
    )
    assert_built(portfolio.build())
    assert "Shown yesterday only" in portfolio.everything()
    portfolio.entry(
        achievement()
        .replace("visibility: public", "visibility: private")
        .replace("Cut the queue", "Shown yesterday only"),
        "achievements/z.md",
    )
    assert_built(portfolio.build())
    after = portfolio.built()
    (portfolio.root / "site_content/achievements/z.md").unlink()
    shutil.rmtree(portfolio.root / "output")
    assert_built(portfolio.build())
    assert portfolio.built() == after
    assert "yesterday" not in portfolio.everything()


@pytest.mark.parametrize("audience", ["public", "leadership"])
def test_l02_the_example_is_the_same_without_what_is_hidden(repository, tmp_path, audience):
    from bragfolio.app.prepare import link_for, read

    root = tmp_path / "demo"
    shutil.copytree(repository / "site_content", root / "site_content")
    output = root / ("output" if audience == "public" else f".brag/builds/{audience}")
    must(build(root, "--audience", audience))
    before = {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    found = read(root, None)
    linked, _, _ = link_for(found, audience)
    shown = {file for item in linked.projection.items for file in item.files}
    for entry in found.portfolio.entries:
        files = [entry.path] + ([entry.overlay.source.file.partition("/")[2]] if entry.overlay else [])
        for file in files:
            if file not in shown:
                (root / "site_content" / file).unlink()
    for path in sorted((root / "site_content/private").glob("*.*")):
        path.unlink()
    shutil.rmtree(output)
    must(build(root, "--audience", audience))
    after = {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    assert after == before
    assert any(path.suffix == ".pdf" for path in after)
    assert any(path.parts[0] == "cards" for path in after)
    assert len([path for path in after if path.parts[0] == "search"]) > 5


MALFORMED = [
    "pubic", "Public", "PUBLIC", "publik", "public,", "everyone", "all", "world", "'*'", "yes", "true", "1", "[]", "[public, pivate]", "[pubilc]",
    "{public: true}", "public company", "public|company", "privat", "privte", "[private, public]", "[self, public]", "leadershp", "compny", "~", "null",
    "''", "[ ]", "[[public]]", "public.", "públic", "pub\u200blic", "none", "internal", "draft",
]  # fmt: skip


@pytest.mark.parametrize("visibility", MALFORMED)
def test_r7_a_misspelt_visibility_publishes_nothing(portfolio, visibility):
    portfolio.entry(f"---\ntitle: Deal with Zeus\ndate: 2026-07-01\nvisibility: {visibility}\n---\n")
    portfolio.build()
    assert "Zeus" not in portfolio.everything()
    assert "zeus" not in " ".join(portfolio.built())


def test_there_are_enough_misspellings():
    assert len(MALFORMED) >= 30
