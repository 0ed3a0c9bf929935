"""Pages: which file an address leads to, by the rules of GitHub Pages, and what no address leads to."""

import pytest

from bragfolio.core.serve.pages import Found, base_path, find_page, list_site, media_type, read_target
from tests.serve.traversal import TRAVERSALS

SITE = list_site(
    ["index.html", "404.html", "file.html", "folder/index.html", "both.html", "both/index.html", "bare/x.txt",
     "a/b/c/deep.html", "Case.html", "é.html", "a b.html", "feed.xml", ".well-known/x.txt"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", Found(200, "index.html")),
        ("index.html", Found(200, "index.html")),
        ("index", Found(200, "index.html")),
        ("file", Found(200, "file.html")),
        ("file.html", Found(200, "file.html")),
        ("file/", Found(404, "404.html")),
        ("file.html/", Found(404, "404.html")),
        ("folder", Found(301, folder="folder/")),
        ("folder/", Found(200, "folder/index.html")),
        ("folder/index", Found(200, "folder/index.html")),
        ("both", Found(200, "both.html")),
        ("both/", Found(200, "both/index.html")),
        ("bare", Found(301, folder="bare/")),
        ("bare/", Found(404, "404.html")),
        ("bare/x.txt", Found(200, "bare/x.txt")),
        ("bare/x", Found(404, "404.html")),
        ("a/b", Found(301, folder="a/b/")),
        ("a/b/c/deep", Found(200, "a/b/c/deep.html")),
        ("case.html", Found(404, "404.html")),
        ("Case.html", Found(200, "Case.html")),
        ("FILE", Found(404, "404.html")),
        ("é", Found(200, "é.html")),
        ("a b", Found(200, "a b.html")),
        ("feed", Found(404, "404.html")),
        ("feed.xml", Found(200, "feed.xml")),
        (".well-known/x.txt", Found(200, ".well-known/x.txt")),
        ("404", Found(200, "404.html")),
        ("404.html", Found(200, "404.html")),
        ("/", Found(404, "404.html")),
        ("/folder", Found(404, "404.html")),
        ("folder//", Found(404, "404.html")),
        ("missing", Found(404, "404.html")),
    ],
)
def test_an_address_leads_where_it_does_on_github_pages(path, found):
    assert find_page(path, SITE) == found


def test_a_site_without_a_404_page_has_none_to_show():
    assert find_page("missing", list_site(["index.html"])) == Found(404)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "/"),
        ("/a/b.html", "/a/b.html"),
        ("/a?x=/../..", "/a"),
        ("/a#b", "/a"),
        ("/caf%C3%A9", "/café"),
        ("/a%20b", "/a b"),
        ("/a+b", "/a+b"),
        ("/a%2Eb", "/a.b"),
        ("/..a/b..", "/..a/b.."),
        ("/%252e%252e/", "/%2e%2e/"),
    ],
)
def test_a_sound_target_is_decoded_once(target, path):
    assert read_target(target) == path


def test_there_are_sixty_traversals():
    assert len(set(TRAVERSALS)) == len(TRAVERSALS) >= 60


@pytest.mark.parametrize("target", TRAVERSALS)
def test_no_traversal_leads_to_a_file(target):
    path = read_target(target)
    if path is not None:
        found = find_page(path.removeprefix("/"), SITE)
        assert found == Found(404, "404.html")


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("", "/"),
        ("https://example.org", "/"),
        ("https://example.org/", "/"),
        ("https://example.org/ada/", "/ada/"),
        ("https://example.org/ada", "/ada/"),
        ("https://example.org//evil.example/x/", "/evil.example/x/"),
        ("https://example.org/caf%C3%A9/", "/café/"),
    ],
)
def test_a_site_lies_below_the_path_of_its_address(address, base):
    assert base_path(address) == base


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("a/style-1.css", "text/css; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("resume.json", "application/json; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("a.svg", "image/svg+xml"),
        ("one.pdf", "application/pdf"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("CNAME", "application/octet-stream"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_what_its_ending_says(file, kind):
    assert media_type(file) == kind
