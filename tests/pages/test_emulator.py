"""Emulator: the serving rules of GitHub Pages, probe by probe."""

import gzip

import pytest

from tests.pages.emulator import Pages, artifact_of
from tests.serve.traversal import TRAVERSALS

FILES = {
    "index.html": b"home", "404.html": b"not here", "file.html": b"file", "folder/index.html": b"folder", "both.html": b"both",
    "both/index.html": b"both, the folder", "bare/x.txt": b"x", "Case.html": b"case", "a.css": b"a{}", "p.png": b"\x89PNG",
}  # fmt: skip
HOME = "https://ada.github.io/repo/"


@pytest.fixture(scope="module")
def pages():
    with Pages(FILES, HOME) as served:
        yield served


PROBES = [
    ("home", "/repo/", 200, b"home"),
    ("the project without its slash", "/repo", 301, "/repo/"),
    ("a file by its name", "/repo/file.html", 200, b"file"),
    ("a file without its ending", "/repo/file", 200, b"file"),
    ("a file with a slash", "/repo/file/", 404, b"not here"),
    ("a folder", "/repo/folder/", 200, b"folder"),
    ("a folder without its slash", "/repo/folder", 301, "/repo/folder/"),
    ("a file and a folder: the file", "/repo/both", 200, b"both"),
    ("a file and a folder: the folder", "/repo/both/", 200, b"both, the folder"),
    ("the index by its name", "/repo/folder/index.html", 200, b"folder"),
    ("a folder without an index", "/repo/bare/", 404, b"not here"),
    ("a folder without an index or a slash", "/repo/bare", 301, "/repo/bare/"),
    ("another case", "/repo/case.html", 404, b"not here"),
    ("nothing", "/repo/none", 404, b"not here"),
    ("nothing, deep down", "/repo/a/b/c", 404, b"not here"),
    ("the 404 page itself", "/repo/404.html", 200, b"not here"),
    ("outside the project", "/", 404, b"There isn't a GitHub Pages site here."),
    ("another project", "/report/", 404, b"There isn't a GitHub Pages site here."),
    ("a question", "/repo/file?x=/../y", 200, b"file"),
    ("two dots", "/repo/../repo/", 400, b""),
    ("an escaped slash", "/repo/%2e%2e%2f", 400, b""),
]


def test_there_are_21_probes():
    assert len({probe[1] for probe in PROBES}) == len(PROBES) == 21


@pytest.mark.parametrize(
    ("target", "status", "answer"), [probe[1:] for probe in PROBES], ids=[probe[0] for probe in PROBES]
)
def test_a_probe_is_answered_as_github_does(pages, target, status, answer):
    got, headers, body = pages.ask(target)
    assert (got, headers.get("location", "") if status == 301 else body) == (status, answer)


@pytest.mark.parametrize("target", TRAVERSALS)
def test_no_traversal_leads_to_a_file(pages, target):
    if target.isascii() and target.isprintable() and " " not in target:
        status, _, body = pages.ask(target)
        assert status in {400, 404}
        assert body in {b"", b"not here", b"There isn't a GitHub Pages site here."}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_whoever_writes_is_refused(pages, method):
    assert pages.ask("/repo/", method)[0] == 405


def test_a_head_is_an_answer_without_a_body(pages):
    status, headers, body = pages.ask("/repo/file", "HEAD")
    assert (status, headers["content-length"], body) == (200, "4", b"")


def test_texts_come_compressed_to_those_who_can_read_it_and_everything_may_be_kept_for_ten_minutes(pages):
    _, headers, body = pages.ask("/repo/a.css", Accept_Encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == b"a{}"
    for target in ("/repo/a.css", "/repo/p.png"):
        _, headers, body = pages.ask(target, Accept_Encoding="gzip" if target.endswith("png") else "")
        assert "content-encoding" not in headers
        assert headers["cache-control"] == "max-age=600"
        assert headers["access-control-allow-origin"] == "*"
    assert headers["content-type"] == "image/png"


def test_with_a_domain_the_project_lies_at_its_root_and_the_old_address_leads_there():
    with Pages(FILES, HOME, domain="www.example.org") as pages:
        assert pages.ask("/file")[2] == b"file"
        assert pages.ask("/repo/file")[0] == 404
        status, headers, _ = pages.ask("/repo/folder/", Host="ada.github.io")
        assert (status, headers["location"]) == (301, "https://www.example.org/folder/")
        assert pages.ask("/", Host="elsewhere.example")[0] == 404


def test_only_this_machine_is_answered(pages):
    assert pages.server.server_address[0] == "127.0.0.1"


def test_the_archive_of_a_folder_leaves_out_what_is_hidden_and_follows_links(tmp_path):
    for path in ("index.html", ".well-known/x", ".brag.json", "a/.b/c", "a/d", ".git/x"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    assert sorted(artifact_of(tmp_path)) == ["a/d", "index.html"]
    hidden = [".brag.json", ".well-known/x", "a/.b/c", "a/d", "index.html"]
    assert sorted(artifact_of(tmp_path, with_hidden=True)) == hidden
    (tmp_path / "link.html").symlink_to(tmp_path / "index.html")
    assert artifact_of(tmp_path)["link.html"] == b"index.html"
