"""Process: `brag serve` as it is started and ended (S01, S10)."""

import contextlib
import json
import os
import signal
import socket
import stat
import urllib.error
import urllib.request

import pytest

from tests.portfolios import AS_OF, achievement
from tests.program import IS_PROOF, finish, leftovers, start_brag, wait_until, write_many
from tests.test_docs import commands_of
from tests.tools.system import memory_of


@contextlib.contextmanager
def serving(portfolio, *words, env=None):
    """Start it; give the process and the lines of data that it printed when it was ready."""
    process = start_brag(portfolio.root, "--as-of", AS_OF, "--json", "serve", "--no-pdf", *words, env=env)
    assert process.stdout
    assert process.stderr
    try:
        text = ""
        while not text.endswith("}\n"):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            text += line
        yield process, json.loads(text)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_s10_the_end_leaves_nothing_behind(portfolio, number, code):
    portfolio.entry(achievement(body="The story."))
    with serving(portfolio, "--port", "0") as (process, said):
        with urllib.request.urlopen(said["address"] + "achievements/x.html", timeout=10) as page:
            assert b"The story." in page.read()
        assert (said["audience"], f"http://127.0.0.1:{said['port']}/ada/") == ("self", said["address"])
        process.send_signal(number)
        answer = finish(process)
    assert (answer.code, answer.err) == (code, "")
    assert leftovers(portfolio.root) == []
    assert [path.name for path in (portfolio.root / ".brag" / "serve").iterdir() if path.suffix != ".lock"] == []
    assert stat.S_IMODE((portfolio.root / ".brag").stat().st_mode) == 0o700
    assert not (portfolio.root / "output").exists()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", said["port"]))


def test_s10_ctrl_c_during_a_rebuild_leaves_nothing_behind(portfolio, tmp_path_factory):
    many = 400  # enough for helpers, and for a moment of the rebuild to be met from outside
    write_many(portfolio, many)
    temporary = tmp_path_factory.mktemp("temporary")
    with serving(portfolio, "--port", "0", env={"TMPDIR": str(temporary)}) as (process, _):
        write_many(portfolio, many, "after")
        wait_until(lambda: list((portfolio.root / ".brag/serve").glob("1/.*brag-new-*")))
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C in a terminal does
        answer = finish(process)  # which looks for processes that are left
    assert (answer.code, answer.err) == (130, "")
    assert leftovers(portfolio.root) == []
    assert [path.name for path in (portfolio.root / ".brag/serve").iterdir() if path.suffix != ".lock"] == []
    assert list(temporary.iterdir()) == []


def test_s10_a_port_in_use_is_said_or_passed_by(portfolio):
    portfolio.entry(achievement())
    with serving(portfolio) as (_, first), serving(portfolio) as (process, second):
        assert first["port"] != second["port"]  # not less: a server of another test may have ended in between
        assert {first["port"], second["port"]} <= set(range(4000, 4020))
        refused = portfolio.brag("serve", "--port", str(first["port"]))
        assert refused.code == 3
        problem = refused.said("port")
        assert (problem.place, problem.message) == (f"127.0.0.1:{first['port']}", f"port {first['port']} is in use")
        assert problem.hint
        assert (portfolio.root / ".brag/serve/2/self/index.html").is_file()
        process.send_signal(signal.SIGKILL)  # the next one sweeps what it left
        process.wait()
        with serving(portfolio) as (third_process, _):
            wait_until((portfolio.root / ".brag/serve/2/self/index.html").is_file)
            third_process.send_signal(signal.SIGINT)
            finish(third_process)
        assert not (portfolio.root / ".brag/serve/2").exists()


def test_memory_stays_flat_over_many_rebuilds(portfolio):
    saves, settled = (500, 100) if IS_PROOF else (40, 20)
    write_many(portfolio, 20)
    held = []
    with serving(portfolio, "--port", "0") as (process, said):
        for number in range(saves):
            words = f"Saved for the {number} th time."
            portfolio.entry(achievement(body=words))
            wait_until(lambda: words in read_page(said["address"] + "achievements/x.html"))  # noqa: B023 - at once
            held.append(memory_of(process.pid).largest_mb)
    assert max(held[settled:]) <= 1.03 * max(held[:settled])


def read_page(address):
    """Return a page that is served; nothing while it is not there."""
    with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(address, timeout=10) as page:
        return page.read().decode()
    return ""


def test_a_warning_is_said_once(portfolio):
    portfolio.entry(achievement(body="[[nobody]] is here."))
    portfolio.entry(achievement(body="One."), "achievements/other.md")
    process = start_brag(portfolio.root, "--as-of", AS_OF, "serve", "--no-pdf", "--audience", "public", "--port", "0")
    assert process.stdout
    while not process.stdout.readline().startswith("Saving"):
        pass
    portfolio.entry(achievement(body="Two."), "achievements/other.md")
    assert process.stdout.readline().startswith("Built ")
    process.send_signal(signal.SIGINT)
    answer = finish(process)
    assert answer.codes == ["link-hidden"]


def test_s01_a_host_that_others_reach_is_warned_of(portfolio):
    portfolio.entry(achievement())
    with serving(portfolio, "--host", "0.0.0.0", "--port", "0") as (process, said):
        assert said["address"].startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        answer = finish(process)
    assert "Careful: Private entries become visible to everybody who reaches this machine." in answer.err


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (("--audience", "publik"), 2, "there is no audience “publik”"),
        (("--audience", "../x"), 2, "there is no audience"),
        (("--theme", "leger"), 2, "there is no theme “leger”; did you mean “ledger”?"),
        (("--theme", "xyz"), 2, "there is no theme “xyz”; write one of base, compact"),
        (("--audience", "public", "--drafts"), 2, "--drafts needs --audience self"),
        (("--port", "70000"), 2, "70000 is no port"),
        (("--port", "-1"), 2, "is no port"),
        (("--host", "203.0.113.7"), 3, "this machine has no address “203.0.113.7”"),
        (("--host", "no such host"), 3, "this machine has no address “no such host”"),
    ],
)
def test_wrong_words_are_answered(portfolio, words, code, text):
    portfolio.entry(achievement())
    answer = portfolio.brag("serve", "--no-pdf", *words)
    assert (answer.code, text in answer.text) == (code, True), answer.text
    assert not (portfolio.root / ".brag/serve/1").exists()


def test_the_commands_of_the_readme_serve(repository, portfolio):
    portfolio.entry(achievement())
    commands = commands_of(repository, "Live")
    assert [words[:2] for words in map(str.split, commands)] == [["brag", "serve"]] * 2
    for command in commands:
        with (
            serving(portfolio, *command.split()[2:]) as (_, said),
            urllib.request.urlopen(said["address"], timeout=10) as page,
        ):
            assert b"Ada Quill" in page.read()
