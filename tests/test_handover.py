"""`brag build --zip`: one file to hand over, the same bytes each time, with nothing in it that its reader may not see."""

import io
import posixpath
import re
import stat
import zipfile
from urllib.parse import unquote, urlsplit

import pytest

from tests.portfolios import SITE, achievement

TOP = "ada-quill-leadership-2026-08-15"


@pytest.fixture
def office(portfolio):
    """A portfolio with something for everybody, for leadership, and for nobody."""
    portfolio.entry(achievement("skills: [SQL]", "role: acme"))
    portfolio.entry("---\nemployer: Acme\nvisibility: public\n---\n", "roles/acme.md")
    portfolio.entry(
        achievement().replace("public", "leadership").replace("Cut", "Sold"), "private/achievements/deal.md"
    )
    portfolio.entry(
        achievement().replace("public", "private").replace("Cut the queue", "zqnobody"), "private/achievements/n.md"
    )
    portfolio.entry(achievement("draft: true").replace("Cut the queue", "zqdraft"), "achievements/idea.md")
    return portfolio


def pack(portfolio, *words, file="private.zip"):
    """Build with --zip; return the files in it, by name."""
    outcome = portfolio.build("--zip", file, *words)
    assert outcome.code == 0, outcome.text
    with zipfile.ZipFile(portfolio.root / file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zip_is_what_was_built_below_a_folder_that_says_whom_for(office):
    files = pack(office, "--audience", "leadership")
    built = office.built(".brag/builds/leadership")
    note = files.pop(f"{TOP}/READ-ME-FIRST.txt").decode()
    assert note == (
        'The work of Ada Quill, for the audience "leadership", as of 2026-08-15.\n'
        "It is not for publication: put it on no server, and pass it on to nobody else.\n"
        "To read it, unpack all of it and open index.html in a browser.\n"
    )
    del built["404.html"]
    assert files == {f"{TOP}/{path}": data for path, data in built.items()}
    assert f"{TOP}/achievements/deal.html" in files
    assert f"{TOP}/resume.pdf" in files


def test_the_zip_is_the_same_bytes_every_time_and_everywhere(office, tmp_path):
    pack(office, "--audience", "leadership")
    first = (office.root / "private.zip").read_bytes()
    (office.root / ".brag/builds/leadership/index.html").touch()
    pack(office, "--audience", "leadership", "--clean", file=str(tmp_path / "else where" / "b.zip"))
    assert (tmp_path / "else where" / "b.zip").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        members = archive.infolist()
    assert [member.filename for member in members[1:]] == sorted(member.filename for member in members[1:])
    assert {member.date_time for member in members} == {(2026, 8, 15, 0, 0, 0)}
    assert {member.external_attr >> 16 for member in members} == {stat.S_IFREG | 0o644}
    assert {(member.compress_type, member.create_system) for member in members} == {(zipfile.ZIP_DEFLATED, 3)}
    assert str(office.root).encode() not in b"".join(pack(office, "--audience", "leadership").values())


def test_nothing_that_is_hidden_is_in_it(office):
    everything = b"\n".join(name.encode() + data for name, data in pack(office, "--audience", "leadership").items())
    assert b"Sold the queue" in everything
    assert b"zqnobody" not in everything
    assert b"zqdraft" not in everything
    public = pack(office, file="public.zip")
    note = public["ada-quill-public-2026-08-15/READ-ME-FIRST.txt"].decode()
    assert note.startswith("The work of Ada Quill, for everybody, as of 2026-08-15.\nTo read it")
    assert b"Sold the queue" not in b"\n".join(public.values())


def test_every_link_in_it_leads_to_a_file_in_it(office):
    files = pack(office, "--audience", "leadership")
    seen = 0
    for name, data in files.items():
        if not name.endswith(".html"):
            continue
        for address in re.findall(r'(?:href|src)="([^"#]+)', data.decode()):
            if not urlsplit(address).scheme:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address)))
                assert target in files, f"{name} links to {address}"
                seen += 1
    assert seen > 100


def test_what_brag_did_not_write_stays_out_of_it(office):
    pack(office, "--audience", "leadership")
    (office.root / ".brag/builds/leadership/notes.txt").write_text("zqforeign")
    assert not any("notes" in name for name in pack(office, "--audience", "leadership"))


def test_an_old_zip_is_replaced_and_nothing_else_is(office):
    pack(office)
    for name, content in (
        ("notes.txt", b"PKnotes"),
        ("fake.zip", b"not one"),
        ("tail.bin", b"x" * 9 + (office.root / "private.zip").read_bytes()),
    ):
        office.write({name: content})
        before = office.built()
        outcome = office.entry(achievement("impact: New")).build("--zip", name)
        assert (outcome.code, outcome.errors) == (1, [(name, "output-folder")])
        assert (office.root / name).read_bytes() == content
        assert office.built() == before
    assert pack(office)


@pytest.mark.parametrize(
    "file",
    [
        "output/a.zip",
        ".brag/builds/leadership/a.zip",
        ".brag/builds/market/deep/a.zip",
        "site_content/static/a.zip",
        "site_content",
    ],
)
def test_a_zip_never_lies_where_it_would_be_published(office, file):
    assert office.build("--audience", "market").code == 0
    outcome = office.build("--audience", "leadership", "--zip", file)
    assert (outcome.code, outcome.errors) == (1, [(file, "output-folder")])
    assert not (office.root / file).is_file()


def test_the_closing_lines_name_it_and_warn_where_git_may_see_it(office, tmp_path):
    said = office.build("--audience", "leadership", "--zip", "a.zip").text
    assert (
        "Packed for the audience “leadership”: a.zip\n  It lies in the portfolio's folder: keep it out of git" in said
    )
    for place in ("site_content/private/a.zip", ".brag/a.zip", str(tmp_path.parent / "a.zip")):
        said = office.build("--audience", "leadership", "--zip", place).text
        assert f"Packed for the audience “leadership”: {place}\nThis build is not for publication.\n" in said
    assert "keep it out of git" not in office.build("--zip", "b.zip").text


def test_no_zip_of_a_build_that_failed(office):
    outcome = office.entry(achievement("key: 1")).build("--zip", "a.zip")
    assert outcome.code == 1
    assert not (office.root / "a.zip").exists()


def test_a_file_with_the_name_of_the_note_keeps_the_zip_from_being_written(office):
    outcome = office.entry("mine", "static/read-me-first.txt").build("--zip", "a.zip")
    assert (outcome.code, outcome.errors) == (1, [("site_content/static/read-me-first.txt", "path-duplicate")])
    assert "No zip was written: a.zip.\n" in outcome.text
    assert not (office.root / "a.zip").exists()


@pytest.mark.parametrize(("day", "dated"), [("1900-01-01", 1980), ("2199-12-31", 2107)])
def test_days_that_no_zip_can_say_are_the_nearest_that_it_can(portfolio, day, dated):
    portfolio.write(
        {
            "site_content/site.yaml": SITE.replace("title: Ada Quill", "title: Plan 9").replace(
                "person: {name: Ada Quill}", ""
            )
        }
    )
    assert f"plan-9-public-{day}/index.html" in pack(portfolio, "--as-of", day)
    with zipfile.ZipFile(portfolio.root / "private.zip") as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {dated}


def test_a_place_that_the_disk_refuses_leaves_the_site_and_no_zip(office):
    outcome = office.write({"taken": "a file"}).build("--zip", "taken/a.zip")
    assert (outcome.code, [code for _, code in outcome.errors]) == (3, ["disk"])
    assert "No zip was written: taken/a.zip.\n" in outcome.text
    assert "index.html" in office.built()
