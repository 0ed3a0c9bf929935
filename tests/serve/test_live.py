"""Live: what is put into a page, what a page compares, and what the overlay says."""

import pytest

from bragfolio.core.serve.live import (
    Look,
    State,
    describe_fault,
    enliven,
    event,
    follow,
    look_of,
    most_urgent,
    query_of,
    rebase,
    version_of,
)
from bragfolio.problems import Span, error, warning

LOOK = Look("s", "m")
SCRIPT = "/live.js?v=1"


def mark(page, name):
    """Return one `data-` value of a page's tag."""
    return page.partition(f' data-{name}="'.encode())[2].partition(b'"')[0]


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        (b"<body>x</body></html>\n", b"<body>x", b"</body></html>\n"),
        (b"<body>x</BODY >\n", b"<body>x", b"</BODY >\n"),
        (b"<pre></body></pre><p>y</body>", b"<pre></body></pre><p>y", b"</body>"),
        (b"<p>fragment", b"<p>fragment", b""),
        (b"", b"", b""),
    ],
)
def test_the_tag_is_the_last_thing_in_the_body(page, before, after):
    lively = enliven(page, "x.html", State("v", "self"), LOOK, SCRIPT)
    assert lively.startswith(before + b'<script src="/live.js?v=1" defer data-audience="self" data-version="v" ')
    assert lively.endswith(b"></script>\n" + after)


def test_a_page_is_the_same_while_only_its_style_sheet_has_another_name():
    one, two = (b'<link href="../assets/style-%s.css"><body></body>' % name for name in (b"0123456789", b"abcdef0123"))
    assert mark(enliven(one, "x.html", State("1", "self"), LOOK, SCRIPT), "page") == mark(
        enliven(two, "x.html", State("2", "self"), LOOK, SCRIPT), "page"
    )
    assert mark(enliven(one, "x.html", State("1", "self"), LOOK, SCRIPT), "page") != mark(
        enliven(one + b"x", "x.html", State("1", "self"), LOOK, SCRIPT), "page"
    )


def test_the_script_has_another_address_when_it_or_its_style_changes():
    files = {"live.js": b"1", "live.css": b"2"}
    assert len({query_of(files), query_of({**files, "live.js": b"3"}), query_of({**files, "live.css": b"3"})}) == 3


def test_a_new_picture_makes_a_page_another_one():
    page = b"<body></body>"
    assert mark(enliven(page, "x.html", State("1", "self"), LOOK, SCRIPT), "page") != mark(
        enliven(page, "x.html", State("1", "self"), Look("s", "n"), SCRIPT), "page"
    )


def test_the_look_of_a_site_is_its_style_sheets_and_its_pictures():
    files = {"index.html": "1", "assets/a.css": "2", "x.PNG": "3", "feed.xml": "4"}
    before = look_of(files)
    assert look_of({**files, "index.html": "9", "feed.xml": "9"}) == before
    style, media = look_of({**files, "assets/a.css": "9"}), look_of({**files, "x.PNG": "9"})
    assert (style.style != before.style, style.media == before.media) == (True, True)
    assert (media.style == before.style, media.media != before.media) == (True, True)


@pytest.mark.parametrize(
    ("base", "link", "moved"),
    [
        ("/ada/", b'href="/ada/x.css"', b'href="/.brag/as/public/x.css"'),
        ("/", b'href="/x.css"', b'href="/.brag/as/public/x.css"'),
    ],
)
def test_links_from_the_root_are_moved_to_the_audience(base, link, moved):
    other = b' src="https://example.org/ada/"'
    assert rebase(link + other, base, "/.brag/as/public/") == moved + other


def test_a_fault_shows_its_line():
    problem = error("date", "no date", Span("a.md", 2, 7), "write one")
    assert describe_fault(problem, ["---", "date: <x>  "]).line == "date: <x>"
    assert describe_fault(problem, ["---"]).line == ""
    assert describe_fault(error("date", "x", Span("a.md")), ["---"]).line == ""
    assert len(describe_fault(problem, ["", "y" * 5000]).line) == 200


def test_errors_hide_warnings_and_many_are_counted():
    warnings = [warning("link", str(number), Span("a.md")) for number in range(3)]
    errors = [error("date", str(number), Span("a.md")) for number in range(25)]
    assert most_urgent(warnings + errors) == (errors[:20], 5)
    assert most_urgent(warnings) == (warnings, 0)


def test_an_event_is_one_line_whatever_is_in_it():
    fault = describe_fault(error("date", "a\nb", Span("a.md", 1, 1), "c\r\n\r\ndata: d"), ["x"])
    sent = event(State("v", "self", is_broken=True, faults=(fault,)))
    assert sent.startswith(b"data: {")
    assert sent.endswith(b"}\n\n")
    assert (sent.count(b"\n"), sent.count(b"\r")) == (2, 0)


ONE = {"index.html": "1", "a.html": "1", "assets/style-1.css": "1", "search/2026.js": "1", "notes.txt": "1"}


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ({**ONE, "a.html": "2", "search/2026.js": "2", "notes.txt": "2"}, ("a.html",)),
        ({**ONE, "notes.txt": "2"}, ()),
        ({**ONE, "b.html": "1"}, ("b.html",)),
        ({path: digest for path, digest in ONE.items() if path != "a.html"}, ("a.html",)),
    ],
)
def test_pages_are_told_which_of_them_are_new(now, changed):
    state = follow(State("2", "self"), ONE, now)
    assert (state.before, state.changed) == (version_of(ONE), changed)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({}, ONE),
        (ONE, {**ONE, "assets/style-1.css": "2"}),
        (ONE, {**ONE, "picture.png": "1"}),
        (ONE, {**ONE, **{f"{number}.html": "1" for number in range(101)}}),
    ],
)
def test_where_all_pages_may_look_different_each_looks_itself(before, now):
    assert follow(State("2", "self"), before, now) == State("2", "self")
