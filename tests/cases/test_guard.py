"""Guard: what git tracks in a public repository, and ever did, is public; asking git runs nothing that the repository names."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.portfolios import SITE, achievement, assert_built, assert_sound, run_brag
from tests.repositories import WHO, Repository
from tests.tools.system import require_tool

HIDDEN = "---\ntitle: Deal with Zeus\ndate: 2026-07-01\n---\nThe price was 4711.\n"
SECRETS = ("Zeus", "4711")


@pytest.fixture
def repository(portfolio):
    portfolio.entry(achievement())
    return Repository(portfolio.root)


def found(outcome, code="tracked"):
    """Return the places of what the guard said, and check that it gave away nothing."""
    assert_sound(outcome)
    for secret in SECRETS:
        assert secret not in outcome.text
    return [problem.place for problem in outcome.problems if problem.code == code]


def assert_unpublished(portfolio, outcome, *places):
    """Check that the guard named these places, and that nothing was published."""
    assert found(outcome) == list(places), outcome.text
    assert outcome.code == 1
    assert not portfolio.built()


# --- what is found ---------------------------------------------------------------------------------------------------

PAGE = "site_content/achievements/x.md"
FINDINGS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "no visibility": ({"achievements/z.md": HIDDEN}, ["achievements/z.md:2:1"]),
    "a narrower audience": (
        {"achievements/z.md": achievement().replace("visibility: public", "visibility: leadership")},
        ["achievements/z.md:4:13"],
    ),
    "private": (
        {"pages/z.md": "---\ntitle: Zeus\nvisibility: private\n---\n"},
        ["pages/z.md:3:13"],
    ),
    "a draft": ({"achievements/z.md": achievement("draft: true")}, ["achievements/z.md:5:8"]),
    "held back": ({"achievements/z.md": achievement("publish_date: 2026-08-16")}, ["achievements/z.md:5:15"]),
    "a campaign for some": (
        {"campaigns/z.md": "---\ntitle: Zeus\naudience: leadership\n---\n"},
        ["campaigns/z.md:3:11"],
    ),
    "a campaign for nobody": ({"campaigns/z.md": "---\ntitle: Zeus\n---\n"}, ["campaigns/z.md:2:1"]),
    "a campaign to come": (
        {"campaigns/z.md": "---\ntitle: Zeus\naudience: public\nstart: 2026-09-01\n---\n"},
        ["campaigns/z.md:4:8"],
    ),
    "what a campaign is to bring": (
        {"campaigns/z.md": "---\ntitle: A\naudience: public\ngoal: Zeus\n---\n"},
        ["campaigns/z.md:4:7"],
    ),
    "a metric": (
        {"achievements/z.md": achievement("metrics:", "  - {name: Zeus, value: 1, visibility: market}")},
        ["achievements/z.md:6:40"],
    ),
    "evidence": (
        {"achievements/z.md": achievement(
            "evidence:", "  - {label: Zeus, url: 'https://example.org/'}",
            "  - {label: Zeus, url: 'https://example.org/', visibility: market}",
        )},
        ["achievements/z.md:7:60"],
    ),
    "feedback without consent": (
        {"achievements/z.md": achievement("feedback:", "  - {from: zeus, quote: Zeus}")},
        ["achievements/z.md:6:5"],
    ),
    "feedback for some": (
        {"achievements/z.md": achievement("feedback:", "  - {from: zeus, quote: Zeus, consent: company}")},
        ["achievements/z.md:6:40"],
    ),
    "what belongs into overlays": (
        {"roles/z.md": "---\nemployer: A\nvisibility: public\nmanager: zeus\npay: {amount: 4711}\n---\n"},
        ["roles/z.md:4:10", "roles/z.md:5:6"],
    ),
    "effort": ({"achievements/z.md": achievement("effort_days: 4711")}, ["achievements/z.md:5:14"]),
    "a skill to retire": (
        {"skills/z.md": "---\nname: A\nvisibility: public\nintent: retire\n---\n"},
        ["skills/z.md:4:9"],
    ),
    "items of lists": (
        {"education.yaml": "- {institution: A, visibility: public}\n- {institution: Zeus}\n",
         "credentials.yaml": "- {kind: award, title: Zeus, visibility: market}\n"},
        ["credentials.yaml:1:42", "education.yaml:2:3"],
    ),
    "contact data": (
        {"site.yaml": SITE.replace("{name: Ada Quill}",
         "{name: Ada Quill, phone: {value: '4711', visibility: market}, street: {value: Zeus}}")},
        ["site.yaml:4:62", "site.yaml:4:79"],
    ),
    "private by its place": (
        {"private/achievements/z.md": HIDDEN, "private/sent.csv": "date\n", "private/postings/zz.md": "x",
         "private/a.pdf": b"%PDF"},
        ["private/a.pdf", "private/achievements/z.md", "private/postings/zz.md", "private/sent.csv"],
    ),
    "private by its kind": (
        {"people.yaml": "- x\n", "sent.csv": "x", "postings/z.md": "x", "ladders/z.yaml": "x"},
        ["ladders/z.yaml", "people.yaml", "postings/z.md", "sent.csv"],
    ),
    "stories": (
        {"stories/z.md": HIDDEN.replace("date: 2026-07-01\n", ""),
         "stories/y.md": "---\ntitle: Zeus\nvisibility: leadership\n---\n",
         "stories/2025/x.md": "---\ntitle: Zeus\nvisibility: public\ndraft: true\n---\n",
         "stories/w.md": "---\ntitle: A\nvisibility: public\nused: [{posting: zeus}]\n---\n",
         "stories/u.md": "---\ntitle: Zeus\nvisibility: {a: 1}\n---\n",
         "stories/z.md~": HIDDEN, "stories/.z/z.md": HIDDEN, "stories/a.pdf": b"%PDF"},
        ["stories/.z/z.md", "stories/2025/x.md:4:8", "stories/a.pdf", "stories/u.md:3:13", "stories/w.md:4:7", "stories/y.md:3:13",
         "stories/z.md:2:1", "stories/z.md~"],
    ),
    "every private file": (
        {**{f"{name}.yaml": "- Zeus\n" for name in ("goals", "plan", "promotion", "questions")},
         **{f"{name}.csv": "Zeus\n" for name in ("announcements", "opportunities", "one-pagers")}, "one-pagers/z.pdf": b"%PDF",
         "private/stories/z.md": HIDDEN},
        ["announcements.csv", "goals.yaml", "one-pagers.csv", "one-pagers/z.pdf", "opportunities.csv", "plan.yaml", "private/stories/z.md",
         "promotion.yaml", "questions.yaml"],
    ),
    "copies that editors leave": (
        {"achievements/.z.md.swp": b"Zeus", "achievements/z.md~": HIDDEN, "achievements/z.md.orig": HIDDEN,
         "site.yaml.bak": SITE},
        ["achievements/.z.md.swp", "achievements/z.md.orig", "achievements/z.md~", "site.yaml.bak"],
    ),
    "the files of a hidden entry": (
        {"achievements/z/index.md": HIDDEN, "achievements/z/zz/a.pdf": b"%PDF", "achievements/z/b.png": b"x"},
        ["achievements/z/b.png", "achievements/z/index.md:2:1", "achievements/z/zz/a.pdf"],
    ),
    "files beside a hidden entry that nothing public names": (
        {"achievements/z.md": HIDDEN, "achievements/a.pdf": b"%PDF", "achievements/b.pdf": b"%PDF",
         "achievements/c.pdf": b"%PDF", "static/d.pdf": b"%PDF",
         "achievements/y.md": achievement("evidence:", "  - {label: A, file: b.pdf}", body="[c](c.pdf)")},
        ["achievements/a.pdf", "achievements/z.md:2:1"],
    ),
    "a file that only hidden evidence names": (
        {"achievements/2025/a.pdf": b"%PDF",
         "achievements/2025/y.md": achievement("evidence:", "  - {label: A, file: a.pdf, visibility: market}")},
        ["achievements/2025/a.pdf", "achievements/2025/y.md:6:41"],
    ),
    "in a folder that Brag does not read": (
        {"achievements/.obsidian/z.md": "no front matter"}, ["achievements/.obsidian/z.md"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FINDINGS)
def test_what_is_tracked_and_not_public_is_an_error(name, portfolio, repository):
    files, places = FINDINGS[name]
    for path, content in files.items():
        portfolio.entry(content, path)
    repository.stage()
    outcome = portfolio.build()
    assert_unpublished(portfolio, outcome, *(f"site_content/{place}" for place in places))
    for problem in outcome.problems:
        if problem.code == "tracked":
            assert problem.message.startswith("git tracks ")
            assert "stays readable in the history" in problem.hint
    assert found(portfolio.brag("check")) == found(outcome)
    assert found(portfolio.build("--audience", "self")) == found(outcome), "whoever it is built for"


ALLOWED: dict[str, dict[str, str | bytes]] = {
    "what is public": {},
    "what has expired": {"achievements/z.md": achievement("expiry_date: 2026-08-01")},
    "embargoes that are over": {"achievements/z.md": achievement("publish_date: 2026-08-15")},
    "notes for programs": {"achievements/z.md": achievement(
        "extra: {a: b}", "imported: {from: jsonresume, id: x}", "goals: [a]", "ladder: [a/b/c]")},
    "feedback for everybody": {"achievements/z.md": achievement(
        "feedback:", "  - {from: a, quote: B, consent: public, byline: C}")},
    "a default for all": {"site.yaml": SITE + "default_visibility: public\n", "achievements/z.md": HIDDEN},
    "files of public entries": {"achievements/z/index.md": achievement(), "achievements/z/a.pdf": b"%PDF"},
    "a public story": {"stories/z.md": "---\ntitle: A\nvisibility: public\ncompetencies: [care]\n---\nSaid.\n"},
    "published as they are": {"static/a.pdf": b"%PDF-1.7", "static/private/b.md": "x"},
    "a private repository": {"site.yaml": SITE + "repository: private\n", "achievements/z.md": HIDDEN,
                             "private/achievements/y.md": HIDDEN, "sent.csv": "x"},
    "the notes of the folder": {"achievements/.gitkeep": "", ".gitattributes": "* text\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_public_may_be_tracked(name, portfolio, repository):
    for path, content in ALLOWED[name].items():
        portfolio.entry(content, path)
    repository.stage()
    assert found(portfolio.build("--no-pdf")) == []
    assert portfolio.built()
    assert found(portfolio.brag("check", "--history")) == []


@pytest.mark.parametrize("where", ["nowhere", "ignored", "new"])
def test_what_git_does_not_track_is_nobodys_business(where, portfolio):
    portfolio.entry(achievement()).entry(HIDDEN, "achievements/z.md").entry(HIDDEN, "private/achievements/y.md")
    if where != "nowhere":
        repository = Repository(portfolio.root)
        portfolio.write({".gitignore": "private/\nz.md\n" if where == "ignored" else "private/\n"})
        repository.git("add", "site_content/site.yaml", PAGE)
    assert_built(portfolio.build())
    assert found(portfolio.brag("check")) == []


def test_a_folder_of_private_things_that_the_next_commit_would_take_is_a_warning(portfolio, repository):
    portfolio.entry(HIDDEN, "private/achievements/y.md")
    assert_built(portfolio.build())
    said = portfolio.brag("check").said("tracked")
    assert (said.place, said.severity) == ("site_content/private/", "warning")
    assert "/site_content/private/" in said.hint
    portfolio.write({".gitignore": "/site_content/private/\n"})
    assert found(portfolio.brag("check")) == []
    assert portfolio.brag("check").code == 0
    assert repository.git("ls-files") == ""


def test_every_finding_is_listed_at_once(portfolio, repository):
    for number in range(150):
        portfolio.entry(HIDDEN, f"achievements/z{number}.md")
    repository.stage()
    assert len(found(portfolio.build("-v"))) == 150


# --- what is staged counts -------------------------------------------------------------------------------------------


def test_the_staged_version_counts_not_the_one_on_disk(portfolio, repository):
    portfolio.entry(HIDDEN)
    repository.stage()
    portfolio.entry(achievement())
    outcome = portfolio.build()
    assert_unpublished(portfolio, outcome, f"{PAGE}:2:1")
    assert f"`git add {PAGE}` takes the one on disk" in outcome.said("tracked").hint
    repository.git("add", PAGE)
    assert_built(portfolio.build())


def test_what_is_private_on_disk_and_public_in_the_index_is_no_finding(portfolio, repository):
    repository.stage()
    portfolio.entry(HIDDEN)
    assert found(portfolio.build()) == []


def test_the_staged_version_of_a_story_counts(portfolio, repository):
    story = "---\ntitle: Zeus\nvisibility: private\n---\n"
    portfolio.entry(story, "stories/z.md")
    repository.stage()
    portfolio.entry(story.replace("private", "public"), "stories/z.md")
    assert_unpublished(portfolio, portfolio.build(), "site_content/stories/z.md:3:13")
    repository.commit()
    assert_built(portfolio.build())


def test_a_story_with_mistakes_may_say_anything(portfolio, repository):
    portfolio.entry("---\ntitle: Zeus\n", "stories/z.md")
    repository.stage()
    outcome = portfolio.build()
    assert_unpublished(portfolio, outcome, "site_content/stories/z.md")
    assert "`brag stories`" in outcome.said("tracked").hint


def test_a_file_that_was_deleted_on_disk_alone_is_still_tracked(portfolio, repository):
    portfolio.entry(HIDDEN, "achievements/z.md")
    repository.stage()
    (portfolio.root / "site_content/achievements/z.md").unlink()
    assert_unpublished(portfolio, portfolio.build(), "site_content/achievements/z.md:2:1")
    repository.git("rm", "--cached", "--quiet", "site_content/achievements/z.md")
    assert_built(portfolio.build())


def test_a_renamed_file_is_tracked_where_it_is_now(portfolio, repository):
    portfolio.entry(HIDDEN, "achievements/z.md")
    repository.commit().git("mv", "site_content/achievements/z.md", "site_content/achievements/y.md")
    assert_unpublished(portfolio, portfolio.build(), "site_content/achievements/y.md:2:1")


def test_a_staged_file_with_mistakes_may_say_anything(portfolio, repository):
    portfolio.entry("---\ntitle: Zeus\nvisibility: {public: 1}\n---\n")
    portfolio.entry("- {institution: Zeus\n", "education.yaml")
    repository.stage()
    portfolio.entry(achievement()).entry("- {institution: A, visibility: public}\n", "education.yaml")
    assert_unpublished(portfolio, portfolio.build(), f"{PAGE}:3:13", "site_content/education.yaml")


def test_mistakes_on_disk_are_told_once(portfolio, repository):
    portfolio.entry("---\ntitle: Zeus\nvisibility: {public: 1}\n---\n")
    repository.stage()
    assert [code for _, code in portfolio.build().errors] == ["value-type"]


def test_the_staged_site_says_what_the_default_is(portfolio, repository):
    portfolio.entry(HIDDEN).entry(SITE, "site.yaml")
    repository.stage()
    portfolio.entry(SITE + "default_visibility: public\n", "site.yaml")
    assert_unpublished(portfolio, portfolio.build(), f"{PAGE}:2:1")
    repository.stage()
    assert_built(portfolio.build())


def test_both_sides_of_a_conflict_are_judged(portfolio, repository):
    blobs = [repository.git("hash-object", "-w", "--stdin", given=text.encode()) for text in (achievement(), HIDDEN)]
    lines = "".join(f"100644 {blob.strip()} {stage}\t{PAGE}\n" for stage, blob in zip((2, 3), blobs, strict=True))
    repository.git("update-index", "--index-info", given=lines.encode())
    assert_unpublished(portfolio, portfolio.build(), f"{PAGE}:2:1")


def test_line_feeds_that_git_changed_are_no_change(portfolio, repository):
    repository.git("config", "core.autocrlf", "true")
    portfolio.entry(achievement("draft: true").replace("\n", "\r\n"))
    repository.stage()
    outcome = portfolio.build()
    assert_unpublished(portfolio, outcome, f"{PAGE}:5:8")
    assert "staged" not in outcome.said("tracked").hint


# --- where the portfolio lies ----------------------------------------------------------------------------------------


def test_a_portfolio_in_a_subfolder_is_found_and_its_neighbours_are_left_alone(portfolio):
    outer = Repository(portfolio.root)
    portfolio.write({
        "work/me/site_content/site.yaml": SITE, "work/me/site_content/achievements/x.md": HIDDEN,
        "site_content/achievements/other.md": HIDDEN, "private/x.md": HIDDEN,
    })  # fmt: skip
    outer.commit()
    inner = portfolio.root / "work/me"
    assert found(run_brag(inner, "build")) == [f"{PAGE}:2:1"]
    assert found(run_brag(inner, "check", "--history"), "history") == [PAGE]


def test_a_worktree_is_a_repository_too(portfolio, repository, tmp_path_factory):
    portfolio.entry(HIDDEN)
    tree = tmp_path_factory.mktemp("tree") / "other"
    repository.commit().git("worktree", "add", "--quiet", str(tree), "-b", "other")
    assert (tree / ".git").is_file()
    assert found(run_brag(tree, "build")) == [f"{PAGE}:2:1"]


def test_a_submodule_is_a_repository_of_its_own(portfolio, repository, tmp_path_factory):
    portfolio.entry(HIDDEN)
    repository.commit()
    outer = Repository(tmp_path_factory.mktemp("outer"))
    outer.git("submodule", "--quiet", "add", str(portfolio.root), "me")
    outer.commit()
    assert found(run_brag(outer.folder / "me", "build")) == [f"{PAGE}:2:1"]
    (outer.folder / "site_content").mkdir()
    (outer.folder / "site_content/site.yaml").write_text(SITE)
    outer.git("submodule", "--quiet", "add", str(portfolio.root), "site_content/private")
    assert found(run_brag(outer.folder, "check", "--history")) == [], "a number and an address, no content"


def test_links_hold_a_path_and_no_content(portfolio, repository):
    portfolio.entry(HIDDEN, "private/achievements/y.md")
    (portfolio.root / "site_content/achievements/z.md").symlink_to("../private/achievements/y.md")
    portfolio.write({".gitignore": "private/\n"})
    repository.git("add", ".")
    assert found(portfolio.brag("check")) == []


def test_settings_that_lay_the_files_elsewhere_are_passed_over(portfolio, repository, tmp_path_factory):
    portfolio.entry(HIDDEN)
    repository.stage().git("config", "core.worktree", str(tmp_path_factory.mktemp("elsewhere")))
    assert_unpublished(portfolio, portfolio.build(), f"{PAGE}:2:1")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_repository_of_another_owner_is_guarded_as_well(portfolio, repository):
    portfolio.entry(HIDDEN)
    repository.stage()
    for path in (portfolio.root, *portfolio.root.rglob("*")):
        os.chown(path, 12345, 12345)
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("status")
    assert_unpublished(portfolio, portfolio.build(), f"{PAGE}:2:1")


def test_without_git_there_is_nothing_to_guard(portfolio, repository, monkeypatch):
    portfolio.entry(HIDDEN, "achievements/z.md")
    repository.stage()
    monkeypatch.setenv("PATH", str(portfolio.root))
    portfolio.write({"git": "#!/bin/sh\ntouch ran\n"})
    assert_built(portfolio.build())
    assert found(portfolio.brag("check", "--history"), "history") == []


def test_a_program_in_the_portfolio_is_never_taken_for_git(portfolio, repository, monkeypatch):
    repository.stage()
    ran = portfolio.root.parent / f"{portfolio.root.name}-ran"
    for path in ("git", "bin/git", "site_content/bin/git"):
        portfolio.write({path: f"#!/bin/sh\ntouch {ran}\n"})
        (portfolio.root / path).chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join(("bin", "", ".", os.environ["PATH"])))
    portfolio.build()
    assert not ran.exists()


def test_a_folder_that_is_no_repository_is_passed_over(portfolio):
    portfolio.entry(achievement()).entry(HIDDEN, "achievements/z.md").write({".git/config": "[core]\n"})
    assert_built(portfolio.build())


def test_a_repository_that_git_cannot_read_keeps_the_site_back(portfolio, repository):
    repository.stage()
    portfolio.write({".git/index": b"DIRC rubbish that is no index of anything"})
    outcome = portfolio.build()
    assert_unpublished(portfolio, outcome, "site_content")
    assert "git status" in outcome.said("tracked").hint


def test_a_content_that_is_not_in_the_clone_may_be_anything(portfolio, repository):
    repository.stage()
    blob = repository.git("rev-parse", f":{PAGE}").strip()
    kept = portfolio.root / ".git/objects" / blob[:2] / blob[2:]
    kept.unlink()
    assert_built(portfolio.build())
    portfolio.entry(achievement("tags: [a]"))
    assert found(portfolio.build()) == [PAGE]


ODD_NAMES = ["a b", "ä 中", "new\nline", "tab\there", '"quoted"', "-rf", ":(exclude)z", "*", b"\xff\xfe", "it's"]


@pytest.mark.parametrize("name", ODD_NAMES, ids=map(repr, ODD_NAMES))
def test_odd_names_hide_nothing(name, portfolio, repository):
    path = os.fsencode(portfolio.root) + b"/site_content/achievements/" + os.fsencode(name) + b".md"
    Path(os.fsdecode(path)).write_text(HIDDEN)
    repository.commit()
    outcome = portfolio.brag("check", "--history")
    (place,) = [p.place for p in outcome.problems if p.code == "tracked"]
    assert place.startswith("site_content/achievements/")
    assert place.endswith(".md:2:1")
    assert len(found(outcome, "history")) == 1
    Path(os.fsdecode(path)).unlink()
    assert len(found(portfolio.build())) == 1, "staged, and not on disk"


# --- hostile repositories --------------------------------------------------------------------------------------------


def test_nothing_that_a_repository_names_is_run(portfolio, repository):
    ran = portfolio.root.parent / f"{portfolio.root.name}-ran"
    program = portfolio.root / "evil"
    program.write_text(f"#!/bin/sh\necho $0 $@ >> {ran}\ncat\n")
    program.chmod(0o755)
    portfolio.entry(HIDDEN).write({"site_content/.gitattributes": "* filter=evil diff=evil merge=evil\n"})
    repository.commit().commit()
    hooks = portfolio.root / "hooks"
    hooks.mkdir()
    for hook in ("pre-commit", "post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
        (hooks / hook).symlink_to(program)
    settings = {
        "core.hooksPath": hooks, "core.pager": program, "pager.ls-files": program, "pager.rev-list": program,
        "core.editor": program, "core.askPass": program, "core.sshCommand": program, "core.gitProxy": program,
        "core.alternateRefsCommand": program, "credential.helper": program, "diff.external": program,
        "diff.evil.textconv": program, "diff.evil.command": program, "filter.evil.clean": program,
        "filter.evil.smudge": program, "filter.evil.process": program, "filter.evil.required": "true",
        "gpg.program": program, "log.showSignature": "true", "alias.ls-files": f"!{program}",
        "alias.rev-list": f"!{program}", "alias.cat-file": f"!{program}", "uploadpack.packObjectsHook": program,
        "init.templateDir": hooks, "core.attributesFile": portfolio.root / "site_content/.gitattributes",
        "remote.origin.url": f"ext::{program}", "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none", "remote.origin.uploadpack": program,
        "protocol.ext.allow": "always", "extensions.partialClone": "origin", "core.repositoryFormatVersion": "1",
        "core.fsmonitor": program,
    }  # fmt: skip
    for key, value in settings.items():
        repository.git("config", key, str(value))
    blob = repository.git("rev-parse", f"HEAD:{PAGE}").strip()
    (portfolio.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    portfolio.entry(achievement())
    ran.unlink(missing_ok=True)
    portfolio.entry(HIDDEN, "private/x.md")
    portfolio.build()
    portfolio.brag("check", "--history")
    portfolio.brag("doctor")
    portfolio.brag("init", ".", "--private-repository")
    assert not ran.exists(), ran.read_text()
    subprocess.run([repository.program, "status"], cwd=portfolio.root, env={**os.environ, **WHO}, check=False)
    assert ran.exists(), "the programs would have run"
    ran.unlink()


def test_variables_of_the_caller_do_not_lead_git_elsewhere(portfolio, repository, monkeypatch, tmp_path_factory):
    portfolio.entry(HIDDEN)
    repository.stage()
    elsewhere = Repository(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("GIT_DIR", str(elsewhere.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(elsewhere.folder / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(elsewhere.folder))
    assert_unpublished(portfolio, portfolio.build(), f"{PAGE}:2:1")


# --- history ---------------------------------------------------------------------------------------------------------


def test_the_history_tells_each_path_once_with_its_first_commit(portfolio, repository):
    portfolio.entry(HIDDEN, "achievements/z.md").entry(HIDDEN, "private/achievements/y.md")
    first = repository.commit().git("rev-parse", "HEAD").strip()
    portfolio.entry(HIDDEN + "More.\n", "achievements/z.md")
    repository.commit()
    for path in ("achievements/z.md", "private/achievements/y.md"):
        (portfolio.root / "site_content" / path).unlink()
    repository.commit()
    assert_built(portfolio.build())
    assert found(portfolio.brag("check"), "history") == []
    outcome = portfolio.brag("check", "--history")
    assert found(outcome, "history") == ["site_content/achievements/z.md", "site_content/private/achievements/y.md"]
    assert outcome.code == 0
    assert portfolio.brag("check", "--history", "--strict").code == 1
    for problem in outcome.problems:
        assert problem.severity == "warning"
        assert re.fullmatch(f"commit {first[:10]} has this (entry|file), which is .*", problem.message)
        assert "rewrite the history" in problem.hint


def test_an_entry_that_is_public_now_and_was_not_before_is_in_the_history(portfolio, repository):
    portfolio.entry(achievement("pay: no key"))
    repository.commit()
    portfolio.entry(HIDDEN)
    hidden = repository.commit().git("rev-parse", "HEAD").strip()
    portfolio.entry(achievement())
    repository.commit()
    outcome = portfolio.brag("check", "--history")
    said = outcome.said("history")
    assert said.place == PAGE
    assert hidden[:10] not in said.message, "the broken one came before, and may have said anything"


def test_branches_tags_and_merges_are_looked_at_and_what_was_put_aside_is_not(portfolio, repository):
    repository.commit()
    for name in ("branch", "tag", "merged"):
        repository.git("checkout", "--quiet", "-b", name, "main")
        portfolio.entry(HIDDEN, f"achievements/{name}.md")
        repository.commit()
    repository.git("tag", "kept", "tag")
    repository.git("checkout", "--quiet", "main")
    repository.git("branch", "--quiet", "-D", "tag")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "merged")
    portfolio.entry(HIDDEN, "achievements/in-the-merge.md")
    repository.commit()
    for name in ("merged", "in-the-merge"):
        (portfolio.root / f"site_content/achievements/{name}.md").unlink()
    repository.commit()
    portfolio.entry(HIDDEN, "achievements/aside.md")
    repository.stage().git("stash")
    outcome = portfolio.brag("check", "--history")
    names = ["branch", "in-the-merge", "merged", "tag"]
    assert found(outcome, "history") == [f"site_content/achievements/{name}.md" for name in names]


def test_a_clone_without_its_past_says_so(portfolio, repository, tmp_path_factory):
    portfolio.entry(HIDDEN, "achievements/z.md")
    repository.commit()
    (portfolio.root / "site_content/achievements/z.md").unlink()
    repository.commit()
    clone = tmp_path_factory.mktemp("clone") / "c"
    repository.git("clone", "--quiet", "--depth=1", f"file://{portfolio.root}", str(clone))
    said = run_brag(clone, "check", "--history").said("history")
    assert said.place == "site_content"
    assert "--unshallow" in said.hint


@pytest.mark.parametrize("words", [[], ["--history"]])
def test_a_repository_without_a_commit_is_fine(words, portfolio, repository):
    assert repository.git("status", "--short")
    assert portfolio.brag("check", *words).code == 0


def test_a_long_history_takes_seconds_at_most(portfolio, repository):
    stream = []
    for number in range(200):
        text = HIDDEN.replace("---\nThe", f"tags: [a{number}]\n---\nThe").encode()
        files = {"site_content/site.yaml": SITE.encode(), f"site_content/achievements/z{number % 40}.md": text}
        stream.append(f"commit refs/heads/main\ncommitter A <a@b> {1_700_000_000 + number} +0000\ndata 1\nx\n".encode())
        for path, data in files.items():
            stream.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    repository.git("fast-import", "--quiet", given=b"".join(stream))
    started = time.perf_counter()
    outcome = portfolio.brag("check", "--history")
    assert time.perf_counter() - started < 3
    assert len(found(outcome, "history")) == 40


# --- a backup of what is private -------------------------------------------------------------------------------------


def backup(portfolio):
    outcome = portfolio.brag("doctor")
    (line,) = [line for line in outcome.text.splitlines() if " backup " in line]
    return line.split()[0], line


def test_doctor_tells_what_would_be_lost_with_this_disk(portfolio, tmp_path_factory):
    require_tool("git")
    portfolio.entry(achievement())
    assert " backup " not in portfolio.brag("doctor").text, "there is nothing to lose"
    portfolio.entry(HIDDEN, "private/achievements/y.md")
    assert backup(portfolio) == ("LOOK", "LOOK  backup          only this disk has private/")
    assert "brag init --private-repository" in portfolio.brag("doctor").text
    outcome = portfolio.brag("init", ".", "--private-repository")
    assert outcome.code == 0
    assert "git remote add origin" in outcome.text
    assert (portfolio.root / ".gitignore").read_text() == "/site_content/private/\n"
    assert "knows no other" in backup(portfolio)[1]
    private = Repository(portfolio.root / "site_content/private")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    private.git("init", "--quiet", "--bare", str(elsewhere))
    private.git("remote", "add", "origin", str(elsewhere))
    assert "not committed" in backup(portfolio)[1]
    private.commit()
    assert "not pushed" in backup(portfolio)[1]
    private.git("push", "--quiet", "--set-upstream", "origin", "main")
    assert backup(portfolio) == ("ok", "ok  backup          private/ is pushed to origin")
    portfolio.entry(HIDDEN + "More.\n", "private/achievements/y.md")
    assert "not committed" in backup(portfolio)[1]
    private.stage()
    assert "not committed" in backup(portfolio)[1]
    private.commit()
    assert "not pushed" in backup(portfolio)[1]


def test_doctor_greets_a_new_portfolio_without_a_warning_until_there_is_something_of_ones_own(tmp_path):
    for name, example in (("mine", ()), ("example", ("--example",))):
        assert run_brag(tmp_path, "init", name, *example).code == 0
        assert run_brag(tmp_path / name, "doctor").code == 0, name
    assert " backup " not in run_brag(tmp_path / "mine", "doctor").text
    assert "nothing in private/ is your own yet" in run_brag(tmp_path / "example", "doctor").text
    for name in ("mine", "example"):
        assert run_brag(tmp_path / name, "add", "Asked for a raise").code == 0
        outcome = run_brag(tmp_path / name, "doctor")
        assert outcome.code == 3, name
        assert "only this disk has private/" in outcome.text
    ledger = tmp_path / "example/site_content/private/people.yaml"
    next((tmp_path / "example/site_content/private").rglob("asked-for-a-raise.md")).unlink()
    assert run_brag(tmp_path / "example", "doctor").code == 0
    ledger.write_text(ledger.read_text() + "# my boss\n")
    assert run_brag(tmp_path / "example", "doctor").code == 3, "the example's file is one's own now"


def test_doctor_takes_a_private_repository_around_it_for_a_backup(portfolio, repository):
    portfolio.entry(SITE + "repository: private\n", "site.yaml").entry(HIDDEN, "private/achievements/y.md")
    assert backup(portfolio)[0] == "LOOK"
    repository.commit()
    assert backup(portfolio) == ("ok", "ok    backup          git tracks private/ with the rest")


def test_init_starts_a_portfolio_with_a_private_repository(tmp_path):
    require_tool("git")
    outcome = run_brag(tmp_path, "init", "me", "--private-repository")
    assert outcome.code == 0
    assert "brag build" in outcome.text
    assert "A portfolio is in me" in outcome.text
    private = tmp_path / "me/site_content/private"
    assert (private / ".git/HEAD").read_text() == "ref: refs/heads/main\n"
    outer = Repository(tmp_path / "me")
    outer.git("add", "--all")
    assert "private" not in outer.git("ls-files")
    assert found(run_brag(tmp_path / "me", "check")) == []
    again = run_brag(tmp_path, "init", "me", "--private-repository")
    assert again.code == 0
    assert (tmp_path / "me/.gitignore").read_text() == "/site_content/private/\n/.brag/\n"


def test_init_does_nothing_when_there_is_no_git_for_a_private_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = run_brag(tmp_path, "init", "me", "--private-repository")
    assert [code for _, code in outcome.errors] == ["engine"]
    assert not (tmp_path / "me").exists()
