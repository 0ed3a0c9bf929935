"""Cases L01 to L24: each way by which something hidden has got out of a tool like this, by its id.

L10 and L12 are in test_images.py, L22 in test_redact.py, L14, L23 and L24 in test_deploy.py.
"""

import getpass
import io
import json
import re
import socket
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.portfolios import Portfolio, achievement, assert_built

WORD = "quokka"
"""In everything that is hidden, and nowhere else."""
HIDDEN = {
    "achievements/quokka-deal.md": (
        f"---\ntitle: The {WORD} deal\ndate: 2026-08-10\nskills: [Selling, {WORD} handling]\ntags: [{WORD}]\nrole: acme\ntype: sold\nfeatured: true\npin: true\n"
        f"image: {WORD}.svg\nimage_alt: A {WORD}\n---\nSee [[open]], and [the contract]({WORD}.txt). Salary of the {WORD}: 90000.\n"
    ),
    f"achievements/{WORD}.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>',
    f"achievements/{WORD}.txt": "contract",
    f"achievements/unused-{WORD}.txt": "nobody links here",
    f"private/achievements/{WORD}.md": f"---\ntitle: {WORD} two\ndate: 2026-08-11\nskills: [Selling]\n---\n[[open]] came of it.\n",
    f"private/static/{WORD}.txt": "x",
    "private/achievements/open.md": f"---\nimpact: The {WORD} paid.\neffort_days: 12\n---\nThe {WORD} was difficult.\n",
}
PUBLIC = {
    "achievements/open.md": achievement(
        "skills: [Selling]", "role: acme", body=f"Before [[quokka-deal|a big deal]] <!-- the {WORD} salary -->.\n\n<!--\n{WORD}\n-->\n\nAnd [[nowhere-{WORD}|another]].\n",
    ),
    "achievements/older.md": "---\ntitle: Older work\ndate: 2025-01-10\nskills: [Selling]\nvisibility: public\n---\n",
    "roles/acme.md": "---\nemployer: Acme\nvisibility: public\npositions: [{title: Clerk, start: 2020}]\n---\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A portfolio with hidden entries that touch everything public, built for the public, and what Brag said."""
    portfolio = Portfolio(tmp_path_factory.mktemp("leaks"))
    for path, text in {**HIDDEN, **PUBLIC}.items():
        portfolio.entry(text, path)
    outcome = portfolio.build()
    assert outcome.code == 0, outcome.text
    return portfolio, outcome


def test_l01_nothing_hidden_is_in_any_byte_or_name(site, tmp_path):
    portfolio, _ = site
    assert WORD not in portfolio.everything().casefold()
    owner = Portfolio(tmp_path)
    for path, text in {**HIDDEN, **PUBLIC}.items():
        owner.entry(text.replace(f"[[nowhere-{WORD}|another]]", "another"), path)
    assert owner.build("--audience", "self").code == 0
    assert WORD in owner.everything(".brag/builds/self").casefold(), "the test would not see it"


def test_l02_the_site_is_the_same_without_what_is_hidden(site, tmp_path):
    portfolio, _ = site
    other = Portfolio(tmp_path)
    for path, text in PUBLIC.items():
        other.entry(text, path)
    assert other.build().code == 0
    assert other.built() == portfolio.built()


def test_l03_nothing_that_a_search_could_read_says_it(site):
    portfolio, _ = site
    readable = {
        path: data for path, data in portfolio.built().items() if path.endswith((".json", ".js", ".xml", ".txt"))
    }
    assert len(readable) >= 4
    assert [path for path, data in readable.items() if WORD.encode() in data.lower()] == []


def test_l04_feeds_sitemap_and_robots_know_public_entries_and_their_days_only(site):
    portfolio, _ = site
    for path in ("feed.xml", "feed.json", "sitemap.xml", "robots.txt"):
        text = portfolio.page(path)
        assert WORD not in text
        assert "2026-08-1" not in text
    assert "2026-07-20" in portfolio.page("feed.xml")


def test_l05_resume_json_holds_public_highlights_only(site):
    portfolio, _ = site
    resume = json.loads(portfolio.page("resume.json"))
    assert [len(job.get("highlights", [])) for job in resume["work"]] == [1]
    assert [skill["name"] for skill in resume["skills"]] == ["Selling"]


def test_l06_no_backlink_neighbour_or_related_entry_is_hidden(site):
    portfolio, _ = site
    page = portfolio.page("achievements/open.html")
    links = set(re.findall(r'href="([^"#:]+\.html)', page))
    assert "quokka" not in page
    assert {link for link in links if "achievements/" in link or "/" not in link} & {
        "quokka-deal.html",
        "quokka.html",
    } == set()
    assert "../achievements/older.html" in links


def test_l07_counts_are_of_what_is_visible(site):
    portfolio, _ = site
    skill = portfolio.page("skills/selling.html")
    assert len(set(re.findall(r"achievements/(?!index)[a-z-]+\.html", skill))) == 2
    assert re.search(r"\b2 (?:proofs|achievements)\b", skill), skill
    assert not re.search(r"\b[34] (?:proofs|achievements)\b", portfolio.everything())


def test_l08_attachments_of_hidden_entries_stay_at_home(site):
    portfolio, _ = site
    assert not {path for path in portfolio.built() if path.endswith((".txt", ".svg"))} - {
        "robots.txt",
        "assets/icon.svg",
    }


def test_l09_attachments_that_nothing_shows_stay_at_home(portfolio):
    portfolio.entry("x", "achievements/notes.txt").entry("y", "achievements/shown.txt")
    portfolio.entry(achievement(body="[a](shown.txt)"))
    assert_built(portfolio.build(), ("site_content/achievements/notes.txt", "file-unknown"))
    assert "achievements/shown.txt" in portfolio.built()
    assert "achievements/notes.txt" not in portfolio.built()


def test_l11_what_became_private_is_gone_after_the_next_build(portfolio):
    portfolio.entry(achievement(), "achievements/a.md").entry(achievement(), "achievements/b.md")
    assert_built(portfolio.build())
    assert "achievements/b.html" in portfolio.built()
    portfolio.entry(achievement().replace("visibility: public", "visibility: private"), "achievements/b.md")
    assert_built(portfolio.build())
    assert not any("achievements/b" in path for path in portfolio.built())
    assert "b.html" not in portfolio.everything()


def test_l13_what_brag_keeps_is_beside_the_site_and_for_its_owner_alone(portfolio):
    portfolio.entry(
        HIDDEN[f"private/achievements/{WORD}.md"].replace("[[open]]", "It"), f"private/achievements/{WORD}.md"
    )
    portfolio.entry(achievement())
    assert_built(portfolio.build("--audience", "self"))
    assert_built(portfolio.build())
    state = portfolio.root / ".brag"
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert not any(
        path.name.startswith(".") and path.name not in {".brag.json", ".gitignore"}
        for path in (portfolio.root / "output").rglob("*")
    )


@pytest.mark.parametrize("comment", ["<!-- {} -->", "a <!--\n{}\n--> b", "<!-- {}", "a <!-- {} --> <!-- b -->"])
def test_l15_comments_are_no_part_of_a_page(portfolio, comment):
    portfolio.entry(achievement(body=f"Text.\n\n{comment.format(WORD)}\n"))
    portfolio.build()
    assert WORD not in portfolio.everything()


def test_l16_a_pdf_says_title_author_and_day_of_itself_and_no_more(site):
    portfolio, _ = site
    reader = PdfReader(io.BytesIO(portfolio.built()["resume.pdf"]))
    assert reader.metadata
    assert set(reader.metadata) <= {
        "/Title",
        "/Author",
        "/Creator",
        "/CreationDate",
        "/ModDate",
        "/Keywords",
        "/Subject",
        "/Producer",
    }
    told = " ".join(str(value) for value in reader.metadata.values())
    assert "Mozilla" not in told
    assert str(portfolio.root) not in told
    assert not reader.attachments
    assert WORD not in str(reader.outline)


def test_l17_nothing_says_on_which_machine_it_was_built(site):
    portfolio, _ = site
    told = [str(portfolio.root), str(Path.cwd()), str(Path.home()) + "/", socket.gethostname()]
    told += [f"/{getpass.getuser()}/"]
    for path, data in portfolio.built().items():
        assert [word for word in told if len(word) > 3 and word.encode() in data] == [], path


def test_l18_what_names_no_audience_is_private_and_counted(portfolio):
    portfolio.entry(achievement().replace("visibility: public\n", ""))
    portfolio.entry(achievement(), "achievements/y.md")
    outcome = portfolio.build()
    assert_built(outcome)
    assert "achievements/x.html" not in portfolio.built()
    assert "Held back: 1 not for this audience (1 says no visibility:)." in outcome.text


def test_l19_a_link_to_something_hidden_is_its_own_text_and_says_no_more_than_one_to_nothing(site):
    portfolio, outcome = site
    page = portfolio.page("achievements/open.html")
    assert "a big deal" in page
    assert "another" in page
    (one, other) = [problem for problem in outcome.problems if problem.code == "link-hidden"]
    assert (one.message, one.hint) == (other.message, other.hint)
    assert WORD not in one.message


def test_l20_no_list_makes_something_more_visible_than_it_is(portfolio):
    portfolio.entry(HIDDEN["achievements/quokka-deal.md"].split("image:")[0] + "---\n", "achievements/quokka-deal.md")
    portfolio.entry(PUBLIC["roles/acme.md"], "roles/acme.md")
    portfolio.entry(
        "---\ntitle: Sell\naudience: public\nselect: {include: [quokka-deal], tags: [quokka]}\nclaims: [{text: Sells, proof: [quokka-deal, open]}]\n---\n",
        "campaigns/sell.md",
    )
    portfolio.entry(PUBLIC["achievements/older.md"], "achievements/open.md")
    assert portfolio.build().code == 0
    assert WORD not in portfolio.everything()


def test_l21_what_a_build_says_of_hidden_files_has_nothing_of_them(portfolio):
    portfolio.entry(
        f"---\ntitle: The {WORD}\ndate: 2026-08-10\n---\n<b>{WORD}</b> [[{WORD}]]\n", "private/achievements/secret.md"
    )
    portfolio.entry(achievement())
    outcome = portfolio.build("--verbose")
    assert_built(outcome)
    assert WORD not in outcome.text
    portfolio.entry(
        f"---\ntitle: The {WORD}\ndate: {WORD}\n---\nThe salary of the {WORD}.\n", "private/achievements/secret.md"
    )
    assert "salary" not in portfolio.build().text
