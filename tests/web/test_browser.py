"""Browser: every page type of every theme in a real Chromium: accessible, quiet, narrow, dark, printed.

`make test` looks at pages whose parts the others have, too; `make proof` at every page, in every mode.
"""

import itertools

import pytest

from tests.paper.reading import Pdf
from tests.program import IS_PROOF
from tests.web.accessible import WAYS, faults_of, small_targets, take_scripts_away
from tests.web.pages import HEADQUARTERS, PAGE_TYPES, THEMES
from tests.web.server import Server

KINDS = {
    "ledger": ("home", "achievements", "achievement", "achievement-bare", "skills", "skill", "experience", "timeline", "one-pager", "campaign", "search", "404"),
    "compact": ("home", "experience", "headquarters"),
    "folio": ("home", "achievement", "headquarters"),
}  # fmt: skip
"""In `make test`: all kinds of page in one theme, and what the others make in their own way."""
COLOURED = {PAGE_TYPES[kind] for kind in ("home", "achievement", "experience", "one-pager")}
"""Where each colour of a theme is used: looked at in each way."""
PARTS = range(4 if IS_PROOF else 1)
"""So many tests share the pages of a theme."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """for (const e of document.querySelectorAll('body *')) {
  e.style.letterSpacing = '0.12em'; e.style.wordSpacing = '0.16em'; e.style.lineHeight = '1.5'
}"""
"""The spacing that WCAG 1.4.12 has a reader choose."""


@pytest.fixture(scope="module")
def served(sites, tmp_path_factory):
    """The demo in each theme on the loopback, below /repo/ as its 404 page expects: addresses by theme."""
    with Servers(sites, tmp_path_factory.mktemp("www")) as addresses:
        yield addresses


class Servers:
    """A server for each theme."""

    def __init__(self, sites, folder):
        self.servers = {}
        for theme, site in sites.items():
            (folder / theme).mkdir()
            (folder / theme / "repo").symlink_to(site.folder)
            self.servers[theme] = Server(folder / theme)

    def __enter__(self):
        """Serve, and return the addresses."""
        return {theme: server.__enter__() for theme, server in self.servers.items()}

    def __exit__(self, *_):
        """Stop."""
        for server in self.servers.values():
            server.__exit__()


def paths(site, kinds):
    """List the pages of *kinds*, or all, for a proof."""
    if IS_PROOF:
        return [page.relative_to(site.folder).as_posix() for page in site.pages]
    return [(PAGE_TYPES | HEADQUARTERS)[kind] for kind in kinds]


def each(context, address, pages):
    """Open *pages* one after the other; yield each path and the page."""
    page = context.new_page()
    for path in pages:
        page.goto(f"{address}/repo/{path}")
        yield path, page


@pytest.mark.parametrize("has_scripts", [True, False] if IS_PROOF else [True])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("theme", THEMES)
def test_w02_axe_finds_nothing(sites, served, browser, theme, part, has_scripts):  # noqa: PLR0917 - fixtures
    pages = paths(sites[theme], KINDS[theme])[part :: len(PARTS)]
    found = {}
    with browser.new_context() as context:
        if not has_scripts:
            take_scripts_away(context)
        for path, page in each(context, served[theme], pages):
            found[path] = faults_of(page, WAYS if has_scripts and (IS_PROOF or path in COLOURED) else ("light",))
    assert found == {path: {} for path in pages}


BROKEN_DATES = """[...document.querySelectorAll('time')].filter(e =>
  new Set([...e.getClientRects()].map(box => Math.round(box.top))).size > 1).map(e => e.textContent)"""
BROKEN_WORDS = """() => {
  const broken = [], range = document.createRange(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const words = /(?<![\\w./@:-])\\p{L}{3,20}(?![\\w/@:]|[.-]\\p{L})/gu  // not those of an address
  const isShown = e => e.checkVisibility() && e.getBoundingClientRect().width > 1 && !e.closest('option')
  while (texts.nextNode()) if (isShown(texts.currentNode.parentElement))
  for (const {0: word, index} of texts.currentNode.data.matchAll(words)) {
    range.setStart(texts.currentNode, index)
    range.setEnd(texts.currentNode, index + word.length)
    const boxes = [...range.getClientRects()].filter(box => box.width > 0)
    if (new Set(boxes.map(box => Math.round(box.top))).size > 1) broken.push(word)
  }
  return broken
}"""
"""Words that stand on two lines, though one has room for twenty letters."""
LINES_OF_NAVIGATION = """() => {
  document.querySelector('.masthead nav a[href*=headquarters]')?.parentElement.remove();
  return new Set([...document.querySelectorAll('.masthead nav li')].map(e => e.offsetTop)).size
}"""
"""Of the public navigation, which has all it can have: the private one has one more."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [320, 390])
def test_no_date_or_word_is_broken_and_the_navigation_of_a_telephone_is_one_line(sites, served, browser, theme, width):
    kinds = ("home", "achievements", "achievement", "skill", "experience", "timeline", "lately")
    pages = [PAGE_TYPES[kind] for kind in kinds]
    pages += ["achievements/ed-trainees.html"]
    if (sites[theme].folder / "headquarters").is_dir():
        pages += ["headquarters/growth.html"]
    found = {}
    with browser.new_context(viewport={"width": width, "height": 640}) as context:
        for path, page in each(context, served[theme], pages):
            broken = page.evaluate(BROKEN_DATES) + page.evaluate(BROKEN_WORDS)
            lines = page.evaluate(LINES_OF_NAVIGATION)
            found[path] = (broken, lines == 1 or (width < 390 and lines == 2), page.evaluate(OVERFLOW))
    assert len(found) >= 7
    assert {path: wrong for path, wrong in found.items() if wrong != ([], True, 0)} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_w10_w11_nothing_is_wider_than_a_narrow_screen_smaller_than_a_finger_or_moves(sites, served, browser, theme):
    moving = """[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e)
      return [s.transitionDuration, s.animationDuration].join().split(',').some(text => parseFloat(text) > .01) }).length"""
    kinds = {*KINDS[theme], "type", "skills", "timeline", "one-pager"}
    with browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce") as context:
        for path, page in each(context, served[theme], paths(sites[theme], kinds)):
            assert page.evaluate(moving) == 0, path
            assert small_targets(page) == [], path
            assert page.evaluate(OVERFLOW) <= 0, path
            page.evaluate(SPACED)
            assert page.evaluate(OVERFLOW) <= 0, path


@pytest.mark.parametrize("theme", THEMES)
def test_w10_every_tab_stop_shows_where_it_is_and_the_first_skips(sites, served, browser, theme):
    stop = """(() => { const e = document.activeElement; if (e === document.body) return null
      const s = getComputedStyle(e), r = e.getBoundingClientRect()
      return {shown: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.height > 0
        && r.bottom > 0 && r.top < innerHeight, html: e.outerHTML, href: e.getAttribute('href') || ''} })()"""
    with browser.new_context() as context:
        for path, page in each(context, served[theme], paths(sites[theme], KINDS[theme])):
            page.keyboard.down("Tab")  # and held: letting go of it would cost another frame
            assert page.evaluate(stop)["href"].startswith("#"), path
            for _ in range(400 if IS_PROOF else 12):
                reached = page.evaluate(stop)
                if not reached:
                    break
                assert reached["shown"], (path, reached["html"])
                page.keyboard.down("Tab")
            else:
                assert not IS_PROOF or path.count("achievements") or path.startswith(("headquarters", "skills")), path


@pytest.mark.parametrize(("theme", "base"), [*itertools.product(THEMES, ["/repo/"]), ("ledger", "/")])
def test_w04_w06_w08_the_site_loads_nothing_from_elsewhere_and_breaks_no_policy(sites, served, browser, theme, base):
    site = sites[theme]
    with Server(site.folder) as root, browser.new_context() as context:
        address = served[theme] if base == "/repo/" else root
        page = context.new_page()
        requests, faults = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        pages = [path for path in paths(site, PAGE_TYPES) if path != "404.html" or base == "/repo/"]
        for path in pages:
            page.goto(f"{address}{base}{path}")
    assert faults == []
    assert len(requests) >= len(pages)
    assert all(url.startswith((address + base, "data:")) for url in requests), requests


@pytest.mark.parametrize("theme", THEMES)
def test_w05_w08_w09_pages_open_from_the_disk_without_scripts_in_light_and_dark(sites, browser, theme):
    looks = "[...'12'].map((_, i) => getComputedStyle(document.documentElement).getPropertyValue(i ? '--color-paper' : '--color-ink'))"
    seen, failed = set(), []
    pages = [path for path in paths(sites[theme], KINDS[theme]) if path != "404.html"]
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme, java_script_enabled=False) as context:
            page = context.new_page()
            # A navigation may cut the request for the icon short.
            page.on("requestfailed", lambda r: failed.append(r.url) if "ABORTED" not in str(r.failure) else None)
            for path in pages if scheme == "light" else pages[:1]:
                page.goto((sites[theme].folder / path).as_uri())
                assert all(page.evaluate(looks)), path
            seen.add(tuple(page.evaluate(looks)))
    assert failed == []
    assert len(seen) == 2


@pytest.mark.parametrize("theme", THEMES)
def test_w12_paper_is_black_on_white_without_navigation_and_shows_where_links_lead(sites, browser, theme):
    style = "(e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor] })"
    shown = "[...document.querySelectorAll('nav, .skip, .foot, .find')].filter(e => e.checkVisibility()).length"
    link = "getComputedStyle(document.querySelector('main a[href^=http]'), '::after').content"
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for kind in ("resume", "one-pager", "one-pager-brief"):
            page.goto((sites[theme].folder / PAGE_TYPES[kind]).as_uri())
            assert Pdf(page.pdf(format="Letter", prefer_css_page_size=False)).pages == 1, kind
        page.emulate_media(media="print", color_scheme="dark")
        for path in paths(sites[theme], ("home", "achievement", "skill", "experience", "year")):
            if path == "404.html":
                continue  # from the disk it has no style: its links start at a server's root
            page.goto((sites[theme].folder / path).as_uri())
            assert page.evaluate(f"{style}(document.body)")[0] == "rgb(0, 0, 0)", path
            for place in ("documentElement", "body", "querySelector('main')"):
                assert page.evaluate(f"{style}(document.{place})")[1] in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}, (
                    path
                )
            assert page.evaluate(shown) == 0, path
        page.goto((sites[theme].folder / PAGE_TYPES["achievement"]).as_uri())
        assert "attr(href)" in page.evaluate(link) or "https://" in page.evaluate(link)
        assert Pdf(page.pdf(format="A4")).pages == 2, "none for a line or two"
        page.goto((sites[theme].folder / PAGE_TYPES["year"]).as_uri())
        assert "418 patients" in Pdf(page.pdf(format="A4")).reader.pages[0].extract_text(), "a heading alone"


def test_a_line_of_folio_has_60_to_66_letters_on_a_wide_screen(sites, browser):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto((sites["folio"].folder / PAGE_TYPES["achievement"]).as_uri())
        letters = page.evaluate(
            "(() => { const p = document.querySelector('.e-content > p'); const width = p.clientWidth;"
            "const text = [...document.querySelectorAll('.e-content > p')].map(e => e.textContent.trim()).join(' ');"
            "p.textContent = text; p.style.cssText = 'display:inline-block;white-space:nowrap;max-width:none';"
            "return text.length * width / p.getBoundingClientRect().width })()"
        )
    assert 60 <= letters <= 66
