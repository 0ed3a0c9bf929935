"""Watch: each change is seen once, whatever wrote it, and what is no change is none (S09, S11 to S15)."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from bragfolio.edge.watch import Watch
from tests.portfolios import Portfolio, achievement
from tests.program import IS_PROOF, wait_until, write_many
from tests.repositories import Repository
from tests.serve.conftest import PAGE
from tests.serve.live import served
from tests.serve.saves import SAVES

ENTRY = "site_content/achievements/x.md"
QUIET_S = 0.4
"""Long enough for a second build to begin, were there one."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A portfolio in a git repository, served; and a theme of its own."""
    portfolio = Portfolio(tmp_path_factory.mktemp("shop"))
    portfolio.entry(achievement(body="The first story."))
    portfolio.write(
        {"site_content/site.yaml": "format: 1\ntitle: Ada\nurl: https://example.org/ada/\nrepository: private\n"}
    )
    Repository(portfolio.root).git("init", "--quiet")
    with served(portfolio) as serving:
        yield serving


def expect_one_reload(live, change, timeout_s=10):
    """Make a change, and make sure that it is one event and one build."""
    expect_reloads(live, [change], timeout_s)


def expect_reloads(live, changes, timeout_s=10):
    """Make changes, each when the one before it was seen, and make sure that each is one event and one build."""
    with live.listen() as stream:
        version = stream.heard()["version"]
        builds = len(live.builds)
        for change in changes:
            change()
            event = stream.next(timeout_s)
            assert event, "no reload"
            assert (event["version"] != version, event["is_broken"]) == (True, False)
            version = event["version"]
        assert stream.next(QUIET_S) is None, "a reload more"
        assert len(live.builds) == builds + len(changes)


@pytest.mark.parametrize("save", SAVES, ids=[save.__name__ for save in SAVES])
def test_s11_each_way_to_save_is_one_reload(shop, save):
    words = f"Saved by {save.__name__}."
    expect_one_reload(shop, lambda: save(shop.portfolio.root / ENTRY, achievement(body=words)))
    assert words in shop.ask(PAGE).text


def test_s09_a_broken_save_is_told_and_the_last_site_stays(shop):
    sound = achievement(body="Sound before.")
    expect_one_reload(shop, lambda: shop.portfolio.entry(sound))
    with shop.listen() as stream, shop.listen("public") as others:
        assert not stream.heard()["is_broken"]
        assert not others.heard()["is_broken"]
        shop.portfolio.entry("---\ntitle: <b>Cut</b>\ndate: 2026-13-45\nvisibility: public\n---\n")
        event = wait_for(stream, lambda event: event["is_broken"])
        (fault,) = event["faults"]
        assert (fault["place"], fault["severity"], fault["code"], fault["line"]) == (
            "site_content/achievements/x.md:3:7", "error", "date", "date: 2026-13-45"
        )  # fmt: skip
        assert fault["hint"]
        wait_for(others, lambda event: event["is_broken"])
        assert "Sound before" in shop.ask(PAGE).text
        with shop.listen() as late:
            assert late.heard()["faults"] == event["faults"]
        start = time.monotonic()
        shop.portfolio.entry(sound)
        assert wait_for(stream, lambda event: not event["is_broken"])["faults"] == []
        assert time.monotonic() - start < 5
        wait_for(others, lambda event: not event["is_broken"])


@pytest.mark.skipif(not IS_PROOF, reason="a busy machine may take longer: make proof")
def test_s09_half_a_second_after_it_is_mended_a_mistake_is_gone(shop):
    took = []
    with shop.listen() as stream:
        for number in range(5):
            shop.portfolio.entry("---\ntitle: Cut\ndate: never\n---\n")
            wait_for(stream, lambda event: event["is_broken"])
            start = time.monotonic()
            shop.portfolio.entry(achievement(body=f"Mended {number} times."))
            wait_for(stream, lambda event: not event["is_broken"])
            took.append(time.monotonic() - start)
    assert min(took) < 0.5, took


def test_a_save_leaves_nothing_beside_the_tree(shop):
    expect_one_reload(shop, lambda: shop.portfolio.entry(achievement(body="Written to be alone.")))
    assert list((shop.portfolio.root / ".brag/serve/1").glob(".*")) == []


def test_what_a_look_has_seen_is_no_news(tmp_path):
    watch = Watch(lambda: [tmp_path], lambda: None)
    watch.start()
    try:
        (tmp_path / "entry.md").write_text("Saved.")
        wait_until(lambda: watch.has_news)
        assert watch.look().paths == (str(tmp_path / "entry.md"),)
        time.sleep(QUIET_S)
        assert not watch.has_news
        (tmp_path / "entry.md").write_text("Saved again.")
        wait_until(lambda: watch.has_news)
    finally:
        watch.close()


def wait_for(stream, holds):
    """Return the first event that fits; a page that comes at the same moment as news hears them twice."""
    while not holds(event := stream.heard()):
        pass
    return event


def test_s09_a_site_that_never_was_says_so(portfolio):
    portfolio.entry("---\ntitle: X\ndate: never\n---\n")
    with served(portfolio) as live, live.listen() as stream:
        assert stream.heard()["is_broken"]
        assert [problem.code for problem in live.builds[0].problems] == ["date"]
        reply = live.ask(PAGE)
        assert (reply.status, "There is no site yet" in reply.text, "/.brag/live.js" in reply.text) == (503, True, True)
        portfolio.entry(achievement())
        wait_for(stream, lambda event: not event["is_broken"])
        assert live.ask(PAGE).status == 200


def test_s11_another_audience_hears_of_it_too(shop):
    with shop.listen("public") as stream:
        before = stream.heard()["version"]
        shop.portfolio.entry(achievement(body="For everybody."))
        wait_for(stream, lambda event: event["version"] != before)
    assert "For everybody" in shop.ask("/.brag/as/public/achievements/x.html").text


def test_s11_an_audience_that_nobody_looks_at_is_built_when_asked_for(shop):
    expect_one_reload(shop, lambda: shop.portfolio.entry(achievement(body="For later.")))
    assert "For later" in shop.ask("/.brag/as/public/achievements/x.html").text


def test_s13_reading_touching_and_saving_the_same_builds_nothing(shop):
    seconds = 60 if IS_PROOF else 0.8
    builds = len(shop.builds)
    content = shop.portfolio.root / "site_content"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for path in content.rglob("*"):
            if path.is_file():
                path.read_bytes()
                os.utime(path)
        entry = shop.portfolio.root / ENTRY
        entry.write_bytes(entry.read_bytes())
        (content / "achievements" / ".x.md.swp").write_text(str(end))
        (content / "achievements" / "x.md~").write_text(str(end))
        time.sleep(0.2)
    time.sleep(QUIET_S)
    assert len(shop.builds) == builds


def test_s13_doing_nothing_builds_nothing(shop):
    builds = len(shop.builds)
    time.sleep(60 if IS_PROOF else 0.6)
    assert len(shop.builds) == builds


def test_s15_folders_that_go_come_and_move_are_watched(shop):
    folder = shop.portfolio.root / "site_content"
    words = iter(range(100))

    def write(path):
        shop.portfolio.write({f"site_content/{path}": achievement(body=f"Number {next(words)}.")})

    def move():
        (folder / "achievements/new").rename(folder / "achievements/moved")
        write("achievements/moved/deep/er.md")

    expect_reloads(
        shop,
        [
            lambda: write("achievements/new/deep/er.md"),
            lambda: (folder / "achievements/new/deep/er.md").rename(folder / "achievements/new/it.md"),
            move,
            lambda: shutil.rmtree(folder / "achievements/moved"),
            lambda: write("achievements/moved/deep/er.md"),
            (folder / "achievements/moved/deep/er.md").unlink,
        ],
    )


def test_s15_the_whole_content_may_go_and_return(shop):
    content, aside = shop.portfolio.root / "site_content", shop.portfolio.root / "aside"
    with shop.listen() as stream:
        stream.heard()
        content.rename(aside)
        wait_for(stream, lambda event: event["is_broken"])
        assert shop.ask(PAGE).status == 200
        aside.rename(content)
        wait_for(stream, lambda event: not event["is_broken"])
    expect_one_reload(shop, lambda: shop.portfolio.entry(achievement(body="After the return.")))


def test_s15_a_theme_that_comes_later_is_watched(shop):
    sheet = "themes/ledger/static/style.css"
    tries = [f"body {{ --tried: {number} }}\n" for number in range(2)]
    expect_reloads(shop, [lambda text=text: shop.portfolio.write({sheet: text}) for text in tries])
    shutil.rmtree(shop.portfolio.root / "themes")


def test_s15_a_theme_behind_a_link_is_watched(portfolio, tmp_path_factory):
    theme = tmp_path_factory.mktemp("elsewhere") / "ledger"
    (theme / "static").mkdir(parents=True)
    (theme / "static/style.css").write_text("body { --tried: 1 }\n")
    portfolio.entry(achievement())
    (portfolio.root / "themes").mkdir()
    (portfolio.root / "themes/ledger").symlink_to(theme)
    with served(portfolio) as live:
        expect_one_reload(live, lambda: (theme / "static/style.css").write_text("body { --tried: 2 }\n"))


def test_s15_a_linked_folder_in_the_content_is_said_not_to_be_followed(portfolio):
    portfolio.entry(achievement(), "achievements/real/x.md")
    (portfolio.root / "site_content/achievements/link").symlink_to("real")
    with served(portfolio) as live:
        assert "symlink" in [problem.code for problem in live.builds[0].problems]


def test_s15_what_is_no_longer_the_file_that_it_was_is_seen(portfolio, tmp_path):
    entry = portfolio.root / ENTRY
    portfolio.entry(achievement(body="The first story."))
    with served(portfolio) as live, live.listen() as stream:
        stream.heard()
        before = entry.stat()
        entry.write_text(achievement(body="The other story."))
        os.utime(entry, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (entry.stat().st_size, entry.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        wait_for(stream, lambda _: "The other story." in live.ask(PAGE).text)
        elsewhere = tmp_path / "elsewhere.md"
        entry.rename(elsewhere)
        entry.symlink_to(elsewhere)
        event = wait_for(stream, lambda event: event["is_broken"])
        assert [fault["code"] for fault in event["faults"]] == ["symlink"]
        assert live.polling == []


def test_s15_rights_that_go_or_return_are_news(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/entry.md").write_text("Saved.")
    watch = Watch(lambda: [tmp_path], lambda: None)
    watch.start()
    try:
        for path in ("folder/entry.md", "folder"):
            (tmp_path / path).chmod(0o700)
            wait_until(lambda: watch.has_news)
            assert not watch.look(), "for those who may still read it, nothing has changed"
    finally:
        watch.close()


def test_the_next_day_is_built_when_it_begins(portfolio, monkeypatch):
    portfolio.entry(achievement("expiry_date: 2026-11-06", body="Over."), "achievements/over.md")
    portfolio.entry(achievement("publish_date: 2026-11-06", body="At last."), "achievements/last.md")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793836800")  # 2026-11-05
    with served(portfolio, audience="public", as_of=None) as live, live.listen("public") as stream:
        stream.heard()
        pages = ("/ada/achievements/over.html", "/ada/achievements/last.html")
        assert [live.ask(page).status for page in pages] == [200, 404]
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793923200")
        stream.heard()
        assert [live.ask(page).status for page in pages] == [404, 200]
        assert len(live.builds) == 2


def test_what_git_comes_to_track_is_seen(portfolio):
    portfolio.write({"site_content/site.yaml": "format: 1\ntitle: Ada\nrepository: public\n"})
    portfolio.entry(achievement(body="The first story."))
    portfolio.entry("---\ntitle: Zebra\ndate: 2026-07-21\n---\n", "private/achievements/hidden.md")
    repository = Repository(portfolio.root)
    repository.git("init", "--quiet")
    with served(portfolio, audience="public") as live, live.listen("public") as stream:
        assert not stream.heard()["is_broken"]
        repository.git("add", "--force", "site_content/private")
        event = wait_for(stream, lambda event: event["is_broken"])
        assert {fault["code"] for fault in event["faults"]} == {"tracked"}
        repository.git("rm", "--cached", "-r", "--quiet", "site_content/private")
        wait_for(stream, lambda event: not event["is_broken"])


def test_an_audience_that_is_served_and_goes_is_missed(portfolio):
    site = "format: 1\ntitle: Ada\n"
    portfolio.write({"site_content/site.yaml": f"{site}audiences: {{friends: {{}}}}\n"})
    portfolio.entry("---\ntitle: X\ndate: 2026-07-20\nvisibility: [friends]\n---\n")
    with served(portfolio, audience="friends") as live, live.listen("friends") as stream:
        assert not stream.heard()["is_broken"]
        portfolio.entry("---\ntitle: X\ndate: 2026-07-20\nvisibility: private\n---\n")
        wait_for(stream, lambda _: live.ask("/achievements/x.html").status == 404)
        portfolio.write({"site_content/site.yaml": site})
        event = wait_for(stream, lambda event: event["is_broken"])
        (fault,) = event["faults"]
        assert (fault["place"], fault["code"]) == ("site_content/site.yaml", "audience-unknown")
        assert live.builds[-1].problems[0].message == "there is no audience “friends” any more"


def test_s15_what_a_theme_passes_over_is_not_published(portfolio):
    kept, passed_over = "themes/ledger/static/kept.css", "themes/ledger/static/__pycache__/x.css"
    portfolio.write({kept: "a{}", passed_over: "a{}", "themes/ledger/static/old~": "a{}"})
    portfolio.entry(achievement())
    report = portfolio.build()
    names = {path.name for path in (portfolio.root / "output/assets").rglob("*")}
    assert ("kept.css" in names, names & {"__pycache__", "x.css", "old~"}) == (True, set()), report


def test_s12_a_burst_of_two_hundred_files_is_at_most_two_builds(portfolio):
    portfolio.entry(achievement())
    with served(portfolio) as live, live.listen() as stream:
        stream.heard()
        for number in range(200):
            portfolio.entry(achievement(body=f"Number {number}."), f"achievements/burst-{number}.md")
            time.sleep(0.003)
        wait_for(stream, lambda _: live.ask("/ada/achievements/burst-199").status == 200)
        assert stream.next(QUIET_S) is None
        assert 2 <= len(live.builds) <= 3  # the first was before
        assert "burst-100.html" in live.ask("/ada/achievements/").text


def test_what_changes_during_a_build_is_built_next(portfolio):
    write_many(portfolio, 160)
    with served(portfolio) as live, live.listen() as stream:
        stream.heard()
        for number in range(12):
            portfolio.entry(achievement(body=f"Version {number}."))
            time.sleep(0.1)
        wait_for(stream, lambda _: "Version 11." in live.ask("/achievements/x.html").text)


_SLOW = pytest.mark.skipif(not IS_PROOF, reason="waits for five seconds: make proof")
_LIMITED = """
import sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from tests.portfolios import Portfolio, achievement
from tests.serve.live import served
portfolio = Portfolio(Path(sys.argv[1])).entry(achievement())
with served(portfolio) as live, live.listen() as stream:
    before = stream.heard()["version"]
    for words in ("Seen all the same.", "Seen once more."):
        portfolio.entry(achievement(body=words), sys.argv[2])
        while (version := stream.heard()["version"]) == before:
            pass
        before = version
        assert words in live.ask(f"/ada/achievements/{Path(sys.argv[2]).stem}").text
    print(live.polling)
"""


@pytest.mark.parametrize(
    ("limit", "allowed", "path", "why"),
    [
        ("max_inotify_instances", 0, "achievements/x.md", "instance limit"),
        ("max_inotify_watches", 0, "achievements/x.md", "watch limit"),
        pytest.param("max_inotify_watches", 2, "achievements/new/y.md", "silent about a change", marks=_SLOW),
    ],
)
def test_s14_where_the_system_cannot_tell_files_are_looked_at(tmp_path, repository, *, limit, allowed, path, why):
    lower = f'echo {allowed} > /proc/sys/user/{limit} && exec "$@"'
    words = ["unshare", "--user", "--map-root-user", "sh", "-c", lower, "sh"]
    if not shutil.which("unshare") or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("the limit cannot be lowered: unshare is missing or not allowed")
    program = [sys.executable, "-c", _LIMITED, str(tmp_path), path, str(repository), str(repository / "generator")]
    answer = subprocess.run([*words, *program], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    assert why in answer.stdout, answer.stderr
