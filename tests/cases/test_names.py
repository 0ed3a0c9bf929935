"""Names and paths: cases P01 to P16, each with what Brag must say and where."""

import json
import os
import shlex
import socket
import struct
import time
import zlib
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from bragfolio.edge import tree
from bragfolio.edge.tree import read_tree
from tests.portfolios import AS_OF, achievement, assert_built, assert_refused, assert_sound, run_process

X = "site_content/achievements/x.md"
SECRET = "the secret outside"
MB = 1_000_000


def png(width, height, data=b"\0"):
    """Return a picture of one colour; *data* are its rows before compression."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


PICTURE = png(1, 1, b"\0\0")


def sparse(path, size):
    """Write a file of *size* bytes that takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


def test_p01_one_slug_for_two_entries_is_refused_and_both_are_named(portfolio):
    for name in ("a", "b"):
        portfolio.entry(achievement("slug: cut"), f"achievements/{name}.md")
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, ("site_content/achievements/b.md:1:1", "path-duplicate"))
    assert "at achievements/cut.html, as site_content/achievements/a.md is" in outcome.text


def test_p01_one_id_for_two_entries_is_refused_and_both_are_named(portfolio):
    for path in ("achievements/2025/x.md", "achievements/2026/x.md", "achievements/x/index.md"):
        portfolio.entry(achievement(), path)
    outcome = portfolio.build()
    expected = [f"site_content/achievements/{path}:1:1" for path in ("2026/x.md", "x/index.md")]
    assert_refused(portfolio, outcome, *[(place, "id-duplicate") for place in expected])
    assert outcome.text.count("the id “x” is taken by site_content/achievements/2025/x.md") == 2


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        ("achievements/Übergabe Karte/index.md", "Übergabe-Karte"),
        ("achievements/Shifts & nights (2026).md", "Shifts-nights-2026"),
        ("achievements/What's new; now.md", "What-s-new-now"),
        ("achievements/C#.md", "C#"),
        ("achievements/( ).md", "( )"),
    ],
)
def test_an_id_is_one_word_of_a_command_line_where_it_can_be(portfolio, path, id_):
    portfolio.entry(achievement(), path)
    assert [item["id"] for item in json.loads(portfolio.brag("--json", "list").text)["entries"]] == [id_]
    assert portfolio.brag("explain", id_).code == 0
    if id_ != "( )":
        assert shlex.split(f"brag explain {id_}") == ["brag", "explain", id_]


def test_p01_a_slug_that_another_entry_has_as_its_id_is_refused(portfolio):
    portfolio.entry(achievement(), "achievements/a.md")
    portfolio.entry(achievement("slug: a"), "achievements/b.md")
    assert_refused(portfolio, portfolio.build(), ("site_content/achievements/b.md:1:1", "path-duplicate"))


def test_p02_names_that_differ_in_case_alone_are_refused(portfolio):
    portfolio.entry(achievement(), "achievements/Foo.md")
    portfolio.entry(achievement(), "achievements/foo.md")
    if len(list((portfolio.root / "site_content/achievements").iterdir())) == 1:
        return  # the disk has decided it already, as on macOS and Windows
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, ("site_content/achievements/foo.md:1:1", "path-duplicate"))
    assert "site_content/achievements/Foo.md" in outcome.text


def test_p02_static_files_that_differ_in_case_alone_are_refused(portfolio):
    portfolio.write({"site_content/static/Talk.txt": b"a", "site_content/static/talk.txt": b"b"})
    if len(list((portfolio.root / "site_content/static").iterdir())) == 1:
        return
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, ("site_content/static/talk.txt", "path-duplicate"))
    assert "site_content/static/Talk.txt" in outcome.text


@pytest.mark.parametrize("name", ["con", "AUX", "nul", "com1", "lpt9", "con.old"], ids=lambda name: f"P03-{name}")
def test_a_name_that_windows_reserves_is_refused(portfolio, name):
    path = f"achievements/{name}.md"
    portfolio.entry(achievement(), path)
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"site_content/{path}:1:1", "name-reserved"))
    assert outcome.said("name-reserved").hint == "rename the file"


def test_p03_a_slug_that_windows_reserves_is_refused(portfolio):
    portfolio.entry(achievement("slug: con"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:7", "name-reserved"))


@pytest.mark.parametrize(
    ("title", "name"), [("Con", "x-con"), ("AUX!", "x-aux"), ("COM1", "x-com1"), ("Console", "console")],
    ids=["P03-con", "P03-aux", "P03-com1", "P03-console"],
)  # fmt: skip
def test_a_title_or_a_skill_that_windows_reserves_gets_another_name(portfolio, title, name):
    assert portfolio.brag("add", title, "--public").code == 0
    assert (portfolio.root / f"site_content/achievements/2026/{name}.md").exists()
    portfolio.entry(achievement(f"skills: [{title}]"))
    assert_built(portfolio.build())
    assert f"skills/{name}.html" in portfolio.built()


@pytest.mark.parametrize(
    ("name", "page"),
    [("name.", "name"), ("name ", "name"), ("a:b", "a-b"), ("a b", "a-b"), ("a_b", "a-b"), ("ÄÖ", "ao")],
    ids=["P03-dot", "P03-space", "P03-colon", "P14-space", "P14-underscore", "P14-umlauts"],
)
def test_a_file_name_that_no_address_should_have_gets_a_plain_address(portfolio, name, page):
    portfolio.entry(achievement(), f"achievements/{name}.md")
    assert_built(portfolio.build())
    assert f"achievements/{page}.html" in portfolio.built()


def test_p04_a_title_of_480_characters_gets_a_short_name_and_a_page(portfolio):
    title = "Cut the queue " * 35
    assert portfolio.brag("add", title, "--public").code == 0
    assert_built(portfolio.build())
    (page,) = [path for path in portfolio.built() if path.startswith("achievements/cut")]
    assert page == "achievements/cut-the-queue-cut-the-queue-cut-the-queue-cut-the-queue-cut-the-queue-c-239b1da7.html"
    assert title.strip() in portfolio.page(page)


def test_p04_a_slug_of_300_characters_is_refused(portfolio):
    portfolio.entry(achievement(f"slug: {'a' * 300}"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:7", "value"))


def test_p04_the_longest_file_name_is_cut(portfolio):
    portfolio.entry(achievement(), f"achievements/{'a' * 252}.md")
    assert_built(portfolio.build())
    (page,) = [Path(path).name for path in portfolio.built() if path.startswith("achievements/aaa")]
    assert len(page) == 80 + len(".html")


@pytest.mark.parametrize(
    "slug", ["../../../../evil/x", "/etc/x", "a/b", "..", "a%2fb", "a\\b"],
    ids=["P05-up", "P05-root", "P05-folder", "P05-dots", "P05-encoded", "P05-backslash"],
)  # fmt: skip
def test_a_slug_never_leads_to_another_folder(portfolio, slug):
    portfolio.entry(achievement(f"slug: {slug}"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"{X}:5:7", "path-escape"))
    assert outcome.said("path-escape").hint == "a slug is one word of letters, digits and hyphens, for example p99-cut"


@pytest.mark.parametrize("slug", ["Cut Queue", "schön", "-a", "a--b", ".a"], ids=lambda slug: f"P05-{slug}")
def test_a_slug_is_one_plain_word(portfolio, slug):
    portfolio.entry(achievement(f"slug: {slug}"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:7", "value"))


@pytest.mark.parametrize(
    "old", ["/../../x", "a/../../x", "C:\\x", "//h/x", "%2e%2e/x", "..", ".", "a/./b", "https://example.org/x", ".git/x"],
    ids=["P06-up", "P06-inside", "P06-drive", "P06-host", "P06-encoded", "P06-dots", "P06-dot", "P06-middle", "P06-address", "P06-git"],
)  # fmt: skip
def test_an_old_address_never_leads_out_of_the_site(portfolio, old):
    portfolio.entry(achievement(f"redirects: ['{old}']"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:13", "path-escape"))


@pytest.mark.parametrize("old", ["/old/x.html", "old", "a/b/"], ids=["P06-page", "P06-folder", "P06-slash"])
def test_an_old_address_on_the_site_is_led_on(portfolio, old):
    portfolio.entry(achievement(f"redirects: ['{old}']"))
    assert_built(portfolio.build())
    page = old.strip("/") if old.endswith(".html") else f"{old.strip('/')}/index.html"
    assert "achievements/x.html" in portfolio.page(page)


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "~/x.png", "..\\..\\x.png", "%2e%2e/x.png", "../../x.png"],
    ids=["P07-up", "P07-root", "P07-scheme", "P07-home", "P07-backslash", "P07-encoded", "P07-beside-the-content"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["image", "evidence"])
def test_a_file_never_comes_from_outside_the_portfolio(portfolio, path, key):
    portfolio.write({"x.png": PICTURE})
    line = f"image: '{path}'\nimage_alt: a" if key == "image" else f"evidence: [{{label: a, file: '{path}'}}]"
    portfolio.entry(achievement(line))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:{8 if key == 'image' else 29}", "path-escape"))


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("![a](../../../etc/passwd)", 6, "path-escape"),
        ("[a](../../../etc/passwd)", 5, "path-escape"),
        ("[a](%2e%2e/%2e%2e/%2e%2e/etc/passwd)", 5, "path-escape"),
        ("![a](/etc/passwd)", 6, "path-escape"),
        ("![a](file:///etc/passwd)", 6, "image-missing"),
        ("![a](https://example.org/a.png)", 6, "image-missing"),
        ("![a](//example.org/a.png)", 6, "image-missing"),
        ("![a](data:image/png;base64,AAAA)", 6, "image-missing"),
    ],
    ids=["P07-picture", "P07-link", "P07-encoded-link", "P07-root", "P07-scheme", "P07-site", "P07-host", "P07-data"],
)
def test_a_body_shows_no_file_from_outside_the_portfolio(portfolio, text, column, code):
    portfolio.entry(achievement(body=f"{text}\n"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:6:{column}", code))


def test_p07_a_public_file_shows_nothing_from_private(portfolio):
    portfolio.write({"site_content/private/achievements/a.png": PICTURE})
    path = "../private/achievements/a.png"
    portfolio.entry(achievement(f"image: {path}", "image_alt: a", body=f"![a]({path})\n"))
    expected = [(f"{X}:5:8", "path-escape"), (f"{X}:8:6", "path-escape")]
    assert_refused(portfolio, portfolio.build(), *expected)


@pytest.fixture
def outside(tmp_path_factory):
    """A folder outside the portfolio, with a file and an entry in it."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_text(SECRET)
    (folder / "secret.md").write_text(achievement(body=SECRET))
    return folder


@pytest.mark.parametrize(
    ("link", "target"),
    [("achievements/l.md", "secret.md"), ("static/l.txt", "secret.txt"), ("achievements/l", ""), ("static/l", ""), ("education.yaml", "secret.md")],
    ids=["P08-entry", "P08-static", "P08-folder", "P08-static-folder", "P08-list"],
)  # fmt: skip
def test_a_link_out_of_the_portfolio_is_refused_and_nothing_is_read(portfolio, outside, link, target):
    portfolio.entry(achievement())
    path = portfolio.root / "site_content" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside / target)
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"site_content/{link}", "symlink"))
    assert SECRET not in outcome.text


@pytest.mark.parametrize("form", ["self", "parent", "pair", "nowhere"], ids=lambda form: f"P09-{form}")
def test_a_link_in_a_circle_or_to_nowhere_is_named(portfolio, form):
    folder = portfolio.root / "site_content/achievements"
    folder.mkdir()
    targets = {"self": {"l": "l"}, "parent": {"l": "."}, "pair": {"l": "m", "m": "l"}, "nowhere": {"l": "gone"}}[form]
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    outcome, _ = run_process(portfolio.root, "build", "--as-of", AS_OF, timeout_s=10)
    assert_sound(outcome)
    places = [f"site_content/achievements/{name}" for name in targets]
    if form == "parent":
        assert (outcome.code, outcome.warnings) == (0, [(places[0], "symlink")])
    else:
        assert_refused(portfolio, outcome, *[(place, "symlink") for place in places])


def test_p09_a_link_to_a_file_of_the_portfolio_is_followed(portfolio):
    portfolio.write({"site_content/static/a.txt": "A", "site_content/achievements/x.md": achievement()})
    (portfolio.root / "site_content/static/b.txt").symlink_to("a.txt")
    assert_built(portfolio.build())
    assert portfolio.page("b.txt") == "A"


@pytest.mark.parametrize("kind", ["fifo", "socket"], ids=lambda kind: f"P10-{kind}")
@pytest.mark.parametrize("path", ["achievements/p.md", "static/p"])
def test_what_is_no_file_is_refused_and_not_waited_for(portfolio, monkeypatch, kind, path):
    target = portfolio.root / "site_content" / path
    target.parent.mkdir()
    if kind == "fifo":
        os.mkfifo(target)
    else:
        monkeypatch.chdir(target.parent)  # a socket's path is short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(target.name)
    outcome, _ = run_process(portfolio.root, "build", "--as-of", AS_OF, timeout_s=10)
    assert_refused(portfolio, outcome, (f"site_content/{path}", "file-kind"))


def test_p11_100_mb_of_markdown_are_refused_unread(portfolio):
    sparse(portfolio.root / X, 100 * MB)
    outcome, peak_mb = run_process(portfolio.root, "build", "--as-of", AS_OF)
    assert_refused(portfolio, outcome, (X, "file-size"))
    assert outcome.said("file-size").message == "the file has 100 MB; 4 MB are the limit"
    assert peak_mb < 100


def test_p11_100_mb_of_markdown_are_refused_within_200_ms(portfolio):
    sparse(portfolio.root / X, 100 * MB)
    started = time.process_time()
    _, problems = read_tree(portfolio.root)
    assert time.process_time() - started < 0.2
    assert [problem.code for problem in problems] == ["file-size"]


def test_p11_a_body_over_a_million_characters_is_refused(portfolio):
    portfolio.entry(achievement(body="words " * 200_000))
    assert_refused(portfolio, portfolio.build(), (f"{X}:6:1", "file-size"))


@pytest.mark.parametrize(
    ("size", "width", "message"),
    [
        (100 * MB, 1, "the picture has 100 MB; 25 MB are the limit"),
        (0, 30_000, "the picture has 30000 x 30000 pixels; 40 megapixels are the limit"),
    ],
    ids=["P12-bytes", "P12-pixels"],
)
def test_a_huge_picture_is_refused_without_decoding_it(portfolio, size, width, message):
    path = portfolio.root / "site_content/achievements/a.png"
    sparse(path, size)
    with path.open("r+b") as file:
        file.write(png(width, width))
    portfolio.entry(achievement("image: a.png", "image_alt: a"))
    outcome, peak_mb = run_process(portfolio.root, "build", "--as-of", AS_OF)
    assert_refused(portfolio, outcome, ("site_content/achievements/a.png", "image-size"))
    assert outcome.said("image-size").message == message
    assert peak_mb < 150


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("See ![a](gone.png).", 10, "image-missing"),
        ("See [a](gone.pdf).", 9, "link"),
        ("See [a](../skills/gone.md).", 9, "link"),
        ("See [[gone]].", 5, "link"),
    ],
    ids=["P13-picture", "P13-file", "P13-entry", "P13-wikilink"],
)
def test_check_tells_what_leads_nowhere(portfolio, text, column, code):
    portfolio.entry(achievement(body=f"\n{text}\n"))
    outcome = portfolio.brag("check")
    assert_refused(portfolio, outcome, (f"{X}:7:{column}", code))


def test_p13_the_public_build_does_not_tell_whether_a_link_names_anything(portfolio):
    portfolio.entry(achievement(body="[[gone]] and [[hidden]]\n"))
    portfolio.entry("---\ntitle: Hidden\ndate: 2026-01\n---\n", "achievements/hidden.md")
    outcome = portfolio.build()
    assert_built(outcome, (f"{X}:6:1", "link-hidden"), (f"{X}:6:14", "link-hidden"))
    assert len({problem.message for problem in outcome.problems}) == 1
    assert "<p>gone and hidden</p>" in portfolio.page()


def test_p13_a_link_to_a_draft_is_no_mistake(portfolio):
    portfolio.entry(achievement(body="[[soon]] and [soon](soon.md)\n"))
    portfolio.entry(achievement("draft: true"), "achievements/soon.md")
    places = (f"{X}:6:1", "link-hidden"), (f"{X}:6:21", "link-hidden")
    assert_built(portfolio.build("--audience", "self"), *places)
    assert_built(portfolio.brag("build", "--audience", "self", "--drafts"))


def test_p13_a_link_to_an_entry_with_errors_is_not_said_to_lead_nowhere(portfolio):
    portfolio.entry(achievement(body="[[broken]]\n"))
    portfolio.entry("---\ntitle: [\n---\n", "achievements/broken.md")
    outcome = portfolio.brag("check")
    assert outcome.errors == [("site_content/achievements/broken.md:2:8", "yaml-syntax")]
    assert set(outcome.warnings) == {(f"{X}:6:1", "link-hidden")}


def test_p13_one_run_reports_every_mistake_of_a_body(portfolio):
    portfolio.entry(achievement(body="![](gone.png)\n\n![a](//example.org/a.png)\n\n[a](gone.pdf)\n"))
    expected = [
        (f"{X}:6:5", "image-alt"),
        (f"{X}:6:5", "image-missing"),
        (f"{X}:8:6", "image-missing"),
        (f"{X}:10:5", "link"),
    ]
    assert_refused(portfolio, portfolio.build(), *expected)


def test_p13_a_missing_front_matter_picture_is_named(portfolio):
    portfolio.entry(achievement("image: gone.png", "image_alt: a"))
    assert_refused(portfolio, portfolio.build(), (f"{X}:5:8", "image-missing"))


@pytest.mark.parametrize(
    "name", ["a b.png", "a#b.png", "a?b.png", "a%b.png", "a%20b.png", "a'b.png", 'a"b.png', "a&b.png", "a+b;c=d.png", "é.png"],
    ids=["P14-space", "P14-sharp", "P14-question", "P14-percent", "P14-looks-encoded", "P14-apostrophe", "P14-quote", "P14-and", "P14-signs",
         "P14-letter"],
)  # fmt: skip
def test_a_picture_with_a_sign_in_its_name_is_found_by_its_address(portfolio, name):
    portfolio.write({f"site_content/achievements/{name}": PICTURE})
    quoted = name.replace("'", "''")
    portfolio.entry(achievement(f"image: '{quoted}'", "image_alt: a"))
    assert_built(portfolio.build())
    assert f"achievements/{name}" in portfolio.built()
    page = html.document_fromstring(portfolio.page())
    sources = {unquote(urljoin("/achievements/x.html", image.get("src"))) for image in page.iter("img")}
    assert sources == {f"/achievements/{name}"}


def test_p14_a_line_feed_in_a_file_name_is_refused_and_printed_escaped(portfolio):
    portfolio.entry(achievement(), "achievements/a\nb.md")
    assert_refused(portfolio, portfolio.build(), ("site_content/achievements/a\\nb.md", "file-kind"))


def test_p14_a_file_name_that_is_not_utf_8_is_refused(portfolio):
    folder = portfolio.root / "site_content/static"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("a")
    except OSError:
        return  # macOS has no such names
    assert_refused(portfolio, portfolio.build(), ("site_content/static/caf\\udce9.txt", "file-kind"))


def test_p15_an_entry_that_vanishes_while_it_is_read_is_named_and_the_site_is_kept(portfolio, monkeypatch):
    portfolio.entry(achievement(), "achievements/a.md").entry(achievement(), "achievements/b.md")
    assert_built(portfolio.build())
    expected = portfolio.built()
    read_whole = tree.read_whole

    def read_and_let_another_vanish(path):
        if Path(path).name == "a.md":
            Path(path).with_name("b.md").unlink(missing_ok=True)
        return read_whole(path)

    monkeypatch.setattr(tree, "read_whole", read_and_let_another_vanish)
    outcome = portfolio.build("--clean")  # else nothing would be read at all
    assert_sound(outcome)
    assert outcome.errors == [("site_content/achievements/b.md", "file-missing")]
    assert outcome.code == 1
    assert portfolio.built() == expected


@pytest.mark.parametrize("command", ["build", "check"])
def test_p15_a_picture_that_vanishes_before_it_is_measured_is_named(portfolio, monkeypatch, command):
    portfolio.write({"site_content/achievements/a.png": PICTURE})
    portfolio.entry(achievement("image: a.png", "image_alt: a"))
    assert_built(portfolio.build())
    expected = portfolio.built()
    portfolio.entry(achievement("image: a.png", "image_alt: b"))
    read_whole = tree.read_whole

    def read_and_let_the_picture_vanish(path):
        if Path(path).name == "site.yaml":
            (portfolio.root / "site_content/achievements/a.png").unlink(missing_ok=True)
        return read_whole(path)

    monkeypatch.setattr(tree, "read_whole", read_and_let_the_picture_vanish)
    outcome = portfolio.brag(command)
    assert_sound(outcome)
    assert outcome.errors == [("site_content/achievements/a.png", "file-missing")], outcome.text
    assert outcome.code != 0
    assert portfolio.built() == expected


LEFTOVERS = (
    ".DS_Store",
    "._x.md",
    "x.md~",
    ".x.md.swp",
    ".x.md.swx",
    "4913",
    "#x.md#",
    ".#x.md",
    "Thumbs.db",
    ".git/config",
    "node_modules/a.js",
)


@pytest.mark.parametrize("name", LEFTOVERS, ids=lambda name: f"P16-{name}")
def test_what_editors_and_desktops_leave_behind_is_ignored(portfolio, name):
    portfolio.entry(achievement())
    for folder in ("achievements", "static"):
        portfolio.entry("leftover, not YAML: [", f"{folder}/{name}")
    assert_built(portfolio.build())
    assert "leftover" not in portfolio.everything()


def test_p16_well_known_is_the_one_dot_folder_that_is_published(portfolio):
    portfolio.write({"site_content/static/.well-known/security.txt": "Contact: mailto:a@example.org\n"})
    assert_built(portfolio.build())
    assert ".well-known/security.txt" in portfolio.built()
