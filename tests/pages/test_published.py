"""Published: the demo, pushed to a bare repository and served as GitHub Pages would, works wherever it lies (G01 to G10)."""

import datetime as dt
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree, html

from bragfolio.app.build import BuildRequest, build
from bragfolio.core.link.addresses import fold_path
from tests.pages.crawler import crawl
from tests.pages.emulator import Pages, artifact_of, branch_of
from tests.portfolios import SITE, achievement, assert_built, assert_sound, run_brag
from tests.program import IS_PROOF
from tests.repositories import Repository
from tests.web.pages import AS_OF

PROJECT, USER, DOMAIN = "https://orla.github.io/repo/", "https://orla.github.io/", "https://www.example.org/"
PLACES = [("ledger", PROJECT), ("ledger", DOMAIN), ("folio", PROJECT), ("compact", PROJECT)]
if IS_PROOF:
    PLACES = [(theme, home) for theme in ("ledger", "folio", "compact", "base") for home in (PROJECT, USER, DOMAIN)]
BRANCH = "refs/heads/gh-pages"
LARGE = 100_000_001
CANARY = "zqcanary"


@dataclass(frozen=True)
class Published:
    """A site that was built, pushed, and is served."""

    folder: Path
    pages: Pages


def push(root, *, cname=""):
    """Run `brag deploy` in *root* with a new bare repository as its remote; return what Pages makes of the branch."""
    repository = Repository(root)
    bare = root / "elsewhere.git"
    repository.git("init", "--quiet", "--bare", str(bare))
    repository.git("remote", "add", "origin", str(bare))
    outcome = run_brag(root, "deploy")
    assert_sound(outcome)
    assert outcome.code == 0, outcome.text
    files, domain = branch_of(repository, bare, BRANCH)
    assert domain == cname
    return files


def g01_every_link_leads_to_a_page_and_nothing_comes_from_outside(site):
    pages = site.pages
    found = crawl(pages.home, pages.fetch, [f"{pages.home}404.html"])
    assert found.broken == []
    assert found.outside == []
    assert len(found.addresses) > 100
    assert found.fragments > 50
    assert all(address.startswith(pages.home) for address in found.addresses)
    # G04: a link ends in a slash only where there is a folder with an index; `/file/` is no address of `file.html`.
    assert all(f"{address}index.html".removeprefix(pages.home) in pages.files for address in found.slashed)


def g01_every_link_works_from_the_disk(site):
    home = site.folder.as_uri() + "/"

    def fetch(address):
        file = Path(unquote(urlsplit(address).path))
        assert file.is_relative_to(site.folder), address
        return (200, file.read_bytes()) if file.is_file() else (404, b"")

    found = crawl(home + "index.html", fetch)
    assert found.broken == []
    assert found.outside == []
    assert found.slashed == set()
    assert len(found.addresses) > 100


def g02_what_is_not_there_is_answered_by_the_sites_own_page_at_any_depth(site):
    pages = site.pages
    links = html.fromstring(pages.files["404.html"].decode()).xpath("//@href | //@src")
    assert len(links) > 8
    for path in ("missing", "a/b/c", "achievements/none.html", "skills/none/", "%C3%A9/%20/x.pdf"):
        assert pages.fetch(pages.home + path) == (404, pages.files["404.html"])
        led = {urldefrag(urljoin(pages.home + path, link))[0] for link in links} - {pages.home + path}
        ours = {address for address in led if address.startswith(pages.home)}
        assert all(urlsplit(address).scheme in {"https", "mailto"} for address in led)
        assert f"{pages.home}index.html" in ours
        assert {address: pages.fetch(address)[0] for address in ours} == dict.fromkeys(ours, 200)


def g03_every_address_that_others_are_told_answers_directly(site):
    pages = site.pages
    told = set(etree.fromstring(pages.files["sitemap.xml"]).xpath("//*[local-name()='loc']/text()"))
    assert len(told) > 90
    canonical = set()
    for path, data in pages.files.items():
        if path.endswith(".html"):
            tree = html.fromstring(data.decode())
            canonical |= set(tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"))
    assert told <= canonical
    for name in ("feed.xml", "feed.json", "robots.txt", "resume.json"):
        told |= set(re.findall(rf"{re.escape(pages.home)}[^\s\"<>&\\]*", pages.files[name].decode()))
    answers = {address: pages.fetch(address)[0] for address in told | canonical}
    assert all(address.startswith(pages.home) for address in answers)
    assert {address: status for address, status in answers.items() if status != 200} == {}


def g08_the_site_is_plain_files_with_one_name_each(site):
    for path in site.folder.rglob("*"):
        assert path.is_dir() or (path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1), path
    branch = {path: data for path, data in site.pages.files.items() if path not in {".nojekyll", "CNAME"}}
    assert artifact_of(site.folder) == branch, "both ways to publish hand over the same"


def g10_no_two_paths_are_the_same_for_a_disk_that_knows_no_case(site):
    paths = list(site.pages.files)
    assert len({fold_path(path) for path in paths}) == len(paths) > 100


@pytest.mark.parametrize(("theme", "home"), PLACES)
def test_the_demo_works_wherever_it_is_published(repository, browser, tmp_path, theme, home):
    """One test for each place, since making the site costs more than all that is asked of it."""
    domain = urlsplit(home).netloc if home == DOMAIN else ""
    content = shutil.copytree(repository / "site_content", tmp_path / "site_content")
    settings = (content / "site.yaml").read_text()
    (content / "site.yaml").write_text(re.sub(r"(?m)^theme: .*$", f"theme: {theme}", settings))
    output = tmp_path / "output"
    request = BuildRequest(
        tmp_path, as_of=dt.date.fromisoformat(AS_OF), base_url=home, with_pdf=False, is_remembered=False
    )
    report = build(request)
    assert report.published, report.problems
    with Pages(push(tmp_path), PROJECT if domain else home, domain=domain) as pages:
        assert pages.home == home
        site = Published(output, pages)
        g01_every_link_leads_to_a_page_and_nothing_comes_from_outside(site)
        g01_every_link_works_from_the_disk(site)
        g02_what_is_not_there_is_answered_by_the_sites_own_page_at_any_depth(site)
        g02_the_404_page_has_its_style_and_its_links_in_a_browser(site, browser)
        g03_every_address_that_others_are_told_answers_directly(site)
        g08_the_site_is_plain_files_with_one_name_each(site)
        g10_no_two_paths_are_the_same_for_a_disk_that_knows_no_case(site)


def g02_the_404_page_has_its_style_and_its_links_in_a_browser(site, browser):
    local = site.pages.local
    with browser.new_context() as context:
        page = context.new_page()
        asked, failed = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
        page.goto(f"{local}a/b/c/d.html")
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--color-ink')").strip()
        assert failed == [f"{local}a/b/c/d.html"]
        assert len(asked) > 1
        assert all(url.startswith((local, "data:")) for url in asked), asked
        page.goto(page.evaluate("document.querySelector('main a[href]').href"))
        assert page.url.startswith(local)
        assert len(failed) == 1


# --- what differs from one way to publish to the other ---------------------------------------------------------------


@pytest.fixture
def odd(portfolio):
    """A portfolio with everything that Pages treats in its own way."""
    portfolio.write({"site_content/site.yaml": SITE, ".gitignore": "/output/\n/.brag/\n"}).entry(achievement())
    portfolio.entry("a", "static/_under/_x.txt").entry("b", "static/.well-known/security.txt").entry(
        "www.example.org\n", "static/CNAME"
    )
    assert_built(portfolio.build("--no-pdf"))
    return portfolio


def test_g05_the_branch_has_a_nojekyll_and_keeps_what_starts_with_an_underscore(odd):
    files = push(odd.root, cname="www.example.org")
    assert files[".nojekyll"] == b""
    assert files["_under/_x.txt"] == b"a"
    assert "_under/_x.txt" in artifact_of(odd.root / "output"), "the archive of a workflow needs none"
    assert ".nojekyll" not in artifact_of(odd.root / "output")


def test_g06_the_well_known_folder_is_on_the_branch_and_in_an_archive_with_hidden_files_only(odd):
    assert push(odd.root, cname="www.example.org")[".well-known/security.txt"] == b"b"
    assert ".well-known/security.txt" not in artifact_of(odd.root / "output")
    assert ".well-known/security.txt" in artifact_of(odd.root / "output", with_hidden=True)


def test_g07_the_domain_of_a_branch_is_its_cname(odd):
    files = push(odd.root, cname="www.example.org")
    with Pages(files, "https://ada.github.io/ada/", domain="www.example.org") as pages:
        status, headers, _ = pages.ask("/ada/achievements/x", Host="ada.github.io")
        assert (status, headers["location"]) == (301, "https://www.example.org/achievements/x")
        assert pages.fetch("https://www.example.org/achievements/x.html")[0] == 200


# --- what `brag check` says of a built site --------------------------------------------------------------------------


def check(portfolio, *errors):
    outcome = portfolio.brag("check")
    assert_sound(outcome)
    assert outcome.errors == list(errors), outcome.text
    assert outcome.code == (1 if errors else 0)
    return outcome


def test_g08_a_link_or_a_pipe_in_the_site_is_found(odd):
    check(odd)
    (odd.root / "output/secret").symlink_to(odd.root / "site_content")
    (odd.root / "output/a.html").symlink_to(odd.root / "site_content/site.yaml")
    os.mkfifo(odd.root / "output/b.html")
    outcome = check(odd, *((f"output/{name}", "hosting") for name in ("a.html", "b.html", "secret")))
    assert "a link may show what lies elsewhere" in outcome.text


def test_g09_a_file_over_100_mb_and_a_site_over_1_gb_are_found(odd):
    with (odd.root / "output/film.mp4").open("wb") as file:
        file.truncate(LARGE)
    assert "this file has 100 MB; GitHub takes 100" in check(odd, ("output/film.mp4", "hosting")).text
    (odd.root / "output/film.mp4").unlink()
    for number in range(11):
        with (odd.root / f"output/{number}.mp4").open("wb") as file:
            file.truncate(LARGE - 1 - number)
    said = check(odd, ("output", "hosting")).text
    assert (
        "output: error[hosting]: the site has 1.10 GB; GitHub Pages takes 1\n  hint: the largest file is output/0.mp4\n"
        in said
    )


def test_g09_a_file_that_github_would_not_take_is_not_pushed(odd):
    with (odd.root / "output/film.mp4").open("wb") as file:
        file.truncate(LARGE)
    manifest = odd.root / "output/.brag.json"
    manifest.write_text(manifest.read_text().replace('"files": {', '"files": {"film.mp4": "0",'))
    repository = Repository(odd.root)
    repository.git("init", "--quiet", "--bare", "elsewhere.git")
    repository.git("remote", "add", "origin", "elsewhere.git")
    outcome = odd.brag("deploy")
    assert outcome.code == 1
    assert outcome.errors == [("output/film.mp4", "hosting")]
    assert repository.git("--git-dir=elsewhere.git", "for-each-ref") == ""


def test_g10_names_that_differ_in_case_alone_are_found(odd):
    shutil.copy(odd.root / "output/index.html", odd.root / "output/Index.html")
    if len(list((odd.root / "output").glob("[iI]ndex.html"))) == 1:
        pytest.skip("this disk knows no case")
    outcome = check(odd, ("output/index.html", "hosting"))
    assert "differs from output/Index.html in capital letters or accents alone" in outcome.text


def test_a_file_that_brag_did_not_write_is_pointed_out(odd):
    odd.write({"output/notes.txt": CANARY, "output/.nojekyll": ""})
    assert check(odd).warnings == [("output/notes.txt", "hosting")]
    odd.write({"site_content/site.yaml": f"{SITE}check: {{ignore: [hosting]}}\n"})
    assert check(odd).warnings == []


def test_a_folder_that_brag_did_not_build_is_not_judged(portfolio):
    portfolio.entry(achievement())
    (portfolio.root / "output").mkdir()
    (portfolio.root / "output/a.html").symlink_to(portfolio.root)
    check(portfolio)


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("/style.css", "outside the site: that will be at /ada/"),
        ("none.html", "which is not in the site"),
        ("achievements/../none/", "which is not in the site"),
        ("index.html#none", "there is nothing of that name on the page"),
        ("achievements", "which is not in the site"),
        ("achievements/", ""),
        ("/ada/", ""),
        ("./", ""),
        ("index.html#main", ""),
        ("?x=1", ""),
        ("#main", ""),
        ("https://example.org/none", ""),
        ("mailto:a@example.org", ""),
    ],
)
def test_a_link_in_a_template_that_leads_nowhere_is_found(portfolio, link, wrong):
    templates = portfolio.root / "themes/ledger/templates"
    portfolio.entry(achievement())
    templates.mkdir(parents=True)
    (templates / "timeline.html").write_text(
        f'{{% extends "layout.html" %}}{{% block main %}}<h1>T</h1><a href="{link}">x</a>{{% endblock %}}'
    )
    outcome = portfolio.brag("check")
    found = [(problem.place, problem.code) for problem in outcome.problems if problem.place.startswith("output/")]
    assert found == ([("output/timeline.html", "link")] if wrong else []), outcome.text
    assert wrong in outcome.text
