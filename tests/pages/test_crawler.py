"""Crawler: it finds what is broken; a crawler that finds nothing would prove nothing."""

from tests.pages.crawler import crawl

HOME = "https://ada.github.io/repo/"
PAGE = b"<!doctype html>\n<title>x</title>"
FILES = {
    "": b'<a href="a.html#here"></a><a href="a.html#gone"></a><a href="gone.html"></a><a href="a.html/"></a><img src="/logo.png">'
    b'<img srcset="p.png 1x, q.png 2x"><a href="https://example.org/x"></a><link rel="canonical" href="never">'
    b'<link rel="stylesheet" href="s.css">',
    "a.html": b'<p id="here"></p><a href="./"></a><a href="gone.html"></a><script src="https://cdn.example/x.js"></script>',
    "p.png": b"", "s.css": b"b { background: url('r.png') }",
}  # fmt: skip


def fetch(address):
    path = address.removeprefix(HOME)
    body = FILES.get(path)
    if body is None or not address.startswith(HOME):
        return 404, b""
    return 200, PAGE + body if path in {"", "a.html"} else body


def test_what_is_broken_is_told_with_the_page_that_names_it():
    found = crawl(HOME, fetch)
    assert sorted(found.broken) == [
        f"{HOME} -> https://ada.github.io/logo.png",
        f"{HOME} -> {HOME}a.html#gone",
        f"{HOME} -> {HOME}a.html/",
        f"{HOME} -> {HOME}gone.html",
        f"{HOME} -> {HOME}q.png",
        f"{HOME}a.html -> {HOME}gone.html",
        f"{HOME}s.css -> {HOME}r.png",
    ]
    assert sorted(found.outside) == [
        f"{HOME} -> https://ada.github.io/logo.png",
        f"{HOME}a.html -> https://cdn.example/x.js",
    ]
    assert found.slashed == {HOME, f"{HOME}a.html/"}
    assert found.fragments == 2
