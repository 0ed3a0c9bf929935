"""Server: who is let in, what is answered, and what clients cannot do to it (S01 to S08, S16 to S19)."""

import contextlib
import re
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.portfolios import Portfolio, achievement
from tests.program import IS_PROOF, wait_until
from tests.serve.conftest import PAGE
from tests.serve.live import TAG, served, without_tag
from tests.serve.test_hosts import FOREIGN, FOREIGN_ORIGINS
from tests.serve.traversal import TRAVERSALS


def listening_addresses(port):
    """Return the addresses, as /proc has them, at which somebody listens on *port*."""
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if Path(table).exists():
            rows = [line.split() for line in Path(table).read_text().splitlines()[1:]]
            found += [row[1].partition(":")[0] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"]
    return found


def test_s01_only_this_machine_is_listened_to(live):
    if not Path("/proc/net/tcp").exists():
        pytest.skip("there is no /proc to look it up in")
    assert listening_addresses(live.port) == ["0100007F"]
    assert live.address == f"http://127.0.0.1:{live.port}/ada/"


def test_s02_a_foreign_host_is_sent_away(live):
    hosts = [host for host in FOREIGN if host.isascii() and host.strip() == host and "\x00" not in host]
    assert len(hosts) >= 20
    for host in hosts:
        reply = live.ask(PAGE, host=host)
        assert (reply.status, b"story" in reply.body) == (421, False), host
    assert live.ask(PAGE, host=f"localhost:{live.port}").status == 200


def test_s03_a_foreign_page_hears_and_reads_nothing(live):
    origins = [origin for origin in FOREIGN_ORIGINS if origin != "http://127.0.0.1:4000"]
    assert len(origins) >= 20
    for origin in origins:
        for target in (PAGE, "/.brag/events/self"):
            reply = live.ask(target, origin=origin)
            assert (reply.status, b"story" in reply.body) == (403, False), origin
    assert live.ask("/ada/resume.json", sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403


def test_s03_no_answer_has_a_cors_header(live):
    own = f"http://127.0.0.1:{live.port}"
    for reply in (
        live.ask(PAGE),
        live.ask(PAGE, origin=own),
        live.ask(PAGE, "OPTIONS"),
        live.ask("/nothing"),
        live.ask(PAGE, origin="null"),
    ):
        assert [name for name in reply.fields if name.startswith("access-control")] == []
        assert reply.fields["cross-origin-resource-policy"] == "same-origin"
        assert reply.fields["cache-control"] == "no-store"
    with live.listen() as stream:
        assert "access-control" not in stream.head.lower()


def test_a_browser_keeps_only_what_has_another_address_when_it_changes(live):
    page = live.ask(PAGE).text
    (script,) = re.findall(r'src="(/\.brag/live\.js\?v=[0-9a-f]{10})"', page)
    (sheet,) = re.findall(r'href="\.\./(assets/style-[0-9a-f]{10}\.css)"', page)
    kept = [
        live.ask(target).fields["cache-control"] for target in (script, script.replace(".js", ".css"), f"/ada/{sheet}")
    ]
    assert kept == ["private, max-age=31536000, immutable"] * 3
    live.portfolio.entry("a {}\n", "static/assets/app-0123456789.css")
    wait_until(lambda: live.ask("/ada/assets/app-0123456789.css").status == 200)
    own = ("/.brag/live.js", "/.brag/live.js?v=0123456789", "/ada/resume.json", "/ada/assets/app-0123456789.css")
    for target in own:
        assert live.ask(target).fields["cache-control"] == "no-store"


@pytest.mark.parametrize("base", ["", "/ada"])
def test_s04_no_traversal_answers_with_a_byte_from_outside(live, base):
    answered = {}
    for target in TRAVERSALS:
        reply = live.ask(base + target if target.startswith("/") else target)
        answered[target] = reply.status
        assert b"root:" not in reply.body
        assert b"made_by" not in reply.body
    assert set(answered.values()) <= {400, 404}, answered


def test_s05_a_link_out_of_the_site_is_not_followed(live):
    (folder,) = (live.portfolio.root / ".brag" / "serve").glob("1/self")
    (folder / "outside.txt").symlink_to("/etc/passwd")
    assert live.ask("/ada/outside.txt").status == 404
    feed = folder / "robots.txt"
    feed.unlink()
    feed.symlink_to("/etc/passwd")
    reply = live.ask("/ada/robots.txt")
    assert (reply.status, b"root:" in reply.body) == (404, False)


@pytest.mark.parametrize(
    "path",
    [".brag.json", ".gitignore", ".git/config", ".env", "site.yaml", "site_content/site.yaml", "../site_content/site.yaml",
     "private/achievements/hidden.md", "achievements/x.md", "achievements/draft.html", ".brag/", ".brag/serve/1/self/index.html"],
)  # fmt: skip
def test_s06_what_is_not_published_is_not_there(live, path):
    assert live.ask(f"/ada/{path}").status in {400, 404}
    assert live.ask(f"/{path}").status in {400, 404}


def test_s06_the_folder_is_not_listed(live):
    assert live.ask("/ada/assets/").body == live.ask("/ada/nothing").body


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get", "BREW"]
)
def test_s07_only_get_and_head_are_understood(live, method):
    reply = live.ask(PAGE, method)
    assert (reply.status, reply.fields["allow"]) == (405, "GET, HEAD")
    assert b"story" not in reply.body


def test_s07_head_says_what_get_would_send(live):
    whole, head = live.ask(PAGE), live.ask(PAGE, "HEAD")
    assert (head.status, head.body) == (200, b"")
    names = ("content-type", "content-length")
    assert [head.fields[name] for name in names] == [whole.fields[name] for name in names]
    assert int(head.fields["content-length"]) == len(whole.body)


@pytest.mark.parametrize(
    "path", ["/ada/nothing", "/ada/achievements/nothing.html", "/ada/a/b/c/d", "/ada/achievements/x/"]
)
def test_s08_an_unknown_path_gets_the_404_page_with_its_status(live, path):
    reply = live.ask(path)
    assert reply.status == 404
    assert reply.fields["content-type"] == "text/html; charset=utf-8"
    assert 'href="/ada/index.html"' in reply.text


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/", 302, "/ada/"),
        ("/ada", 301, "/ada/"),
        ("/ada/achievements", 301, "/ada/achievements/"),
        ("/ada/achievements?x=1", 301, "/ada/achievements/?x=1"),
        ("/.brag/as/public", 301, "/.brag/as/public/"),
    ],
)
def test_s08_folders_lead_to_their_slash(live, path, status, where):
    reply = live.ask(path)
    assert (reply.status, reply.fields["location"]) == (status, where)


def test_s08_what_lies_outside_the_base_is_not_the_site(live):
    assert live.ask("/achievements/x.html").status == 404
    assert live.ask("//evil.example/").status == 404
    assert live.ask("/ada//evil.example").status == 404


def test_s16_twenty_browsers_are_served_at_once(live):
    statuses: list[int] = []

    def browse():
        with live.listen() as stream:
            stream.heard()
            statuses.extend(live.ask(PAGE).status for _ in range(5))

    threads = [threading.Thread(target=browse) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert statuses == [200] * 100


def is_open(client):
    """Tell whether the other side has kept a connection."""
    client.setblocking(False)
    try:
        return bool(client.recv(1))
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_s16_half_open_connections_keep_nobody_out(live):
    silent = [socket.create_connection(("127.0.0.1", live.port)) for _ in range(150)]
    slow = [socket.create_connection(("127.0.0.1", live.port)) for _ in range(20)]
    for client in slow:
        client.sendall(b"GET /ada/ HT")
    start = time.monotonic()
    assert [live.ask(PAGE).status for _ in range(5)] == [200] * 5
    assert time.monotonic() - start < 2
    assert len([client for client in silent + slow if is_open(client)]) <= 64
    for client in silent + slow:
        client.close()


def test_s16_a_head_of_ten_megabytes_is_cut_off(live):
    line = b"x" * 1000
    heads = {
        "one long line": b"GET /" + b"a" * 10_000_000,
        "one long field": b"GET / HTTP/1.1\r\nhost: " + b"a" * 10_000_000,
        "many fields": b"GET / HTTP/1.1\r\n" + b"".join(b"x-%d: %s\r\n" % (n, line) for n in range(10_000)),
    }
    for name, head in heads.items():
        answer = live.raw(head)
        assert not answer or answer.split(b" ")[1] in {b"400", b"414", b"431"}, name
    assert live.ask(PAGE).status == 200


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /ada/\r\n",
        b"\x16\x03\x01\x02\x00",
        b"GET /ada/ HTTP/9.9\r\n\r\n",
        b"\x00" * 99,
    ],
)
def test_s16_nonsense_is_answered_or_dropped(live, nonsense):
    answer = live.raw(nonsense + b"\r\n\r\n")
    assert b"story" not in answer
    assert live.ask(PAGE).status == 200


def test_s16_too_many_streams_cost_the_oldest(live):
    clients = []
    for _ in range(70):
        client = socket.create_connection(("127.0.0.1", live.port), 10)
        client.sendall(f"GET /.brag/events/self HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\n\r\n".encode())
        assert client.recv(20)
        clients.append(client)
    assert live.ask(PAGE).status == 200
    while clients[0].recv(65536):
        pass  # the first was ended
    clients[-1].setblocking(False)
    with contextlib.suppress(BlockingIOError):
        assert clients[-1].recv(65536)
        assert clients[-1].recv(65536)
    for client in clients:
        client.close()


@pytest.mark.skipif(not IS_PROOF, reason="waits eleven seconds: make proof")
def test_s16_a_head_that_takes_too_long_is_given_up(live):
    with socket.create_connection(("127.0.0.1", live.port), 20) as client:
        start = time.monotonic()
        client.sendall(b"GET /ada/ HTTP/1.1\r\n")
        while time.monotonic() - start < 20:
            time.sleep(0.5)
            try:
                client.sendall(b"x: y\r\n")
            except OSError:
                break
        assert time.monotonic() - start < 13


def test_s17_the_author_sees_everything_and_others_what_they_see(live):
    assert "Zebra secret" in live.ask("/ada/achievements/").text
    for audience in ("public", "market", "leadership"):
        reply = live.ask(f"/.brag/as/{audience}/achievements/")
        assert (reply.status, "Zebra secret" in reply.text, "Cut the queue" in reply.text) == (200, False, True)
        assert f'data-audience="{audience}"' in reply.text
    assert live.ask("/.brag/as/public/achievements/hidden.html").status == 404
    assert live.ask("/.brag/as/nobody/").status == 404
    assert live.ask("/.brag/events/nobody").status == 404


def test_s17_links_of_the_404_page_stay_with_the_audience(live):
    page = live.ask("/.brag/as/public/nothing").text
    assert 'href="/.brag/as/public/index.html"' in page
    assert 'href="/ada/' not in page


def test_s17_the_events_offer_every_audience(live):
    with live.listen() as stream:
        state = stream.heard()
    assert state["audience"] == "self"
    assert [view["audience"] for view in state["views"]] == ["self", "public", "market", "company", "leadership"]
    assert {view["audience"]: view["mount"] for view in state["views"]}["self"] == "/ada/"
    with live.listen("public") as stream:
        assert stream.heard()["audience"] == "public"


@pytest.fixture(scope="module")
def for_public(tmp_path_factory):
    """A portfolio built, and served for the public."""
    portfolio = Portfolio(tmp_path_factory.mktemp("public"))
    portfolio.entry(achievement(body="The first story."))
    portfolio.entry("---\ntitle: Zebra secret\ndate: 2026-07-21\n---\n", "private/achievements/hidden.md")
    portfolio.write({"site_content/static/notes.txt": "Plain.\n", "site_content/static/sub/x.html": "<p>Mine</p>"})
    assert portfolio.build("--no-pdf").code == 0
    with served(portfolio, audience="public") as serving:
        yield serving


def test_s19_what_the_public_is_served_is_what_was_built(for_public):
    live = for_public
    built = live.portfolio.built()
    assert len(built) > 10
    for path, data in built.items():
        reply = live.ask(f"/ada/{path}")
        assert reply.status == 200
        if path == "sub/x.html":
            body = reply.body.partition(TAG)[0]  # a fragment has no end of a body to put it before
        else:
            body = without_tag(reply.body) if path.endswith(".html") else reply.body
        assert body == data, path


def test_s18_nothing_live_is_in_a_built_site(for_public):
    assert ".brag/live" in for_public.ask(PAGE).text
    assert ".brag/live" not in for_public.portfolio.everything()
    served_folder = for_public.portfolio.root / ".brag" / "serve" / "1" / "public"
    files = [
        path
        for path in (*served_folder.rglob("*"), *(for_public.portfolio.root / "output").rglob("*"))
        if path.is_file()
    ]
    assert len(files) > 20
    assert [path.name for path in files if b".brag/live" in path.read_bytes() or path.name.startswith("live.")] == []


def test_s17_a_site_for_the_public_has_no_way_to_what_is_private(for_public):
    assert "Zebra" not in for_public.portfolio.everything()
    assert for_public.ask("/.brag/as/self/").status == 404
    assert for_public.ask("/.brag/events/self").status == 404
    with for_public.listen("public") as stream:
        assert stream.heard()["views"] == []


def test_s17_serving_leaves_the_published_site_alone(for_public):
    before = for_public.portfolio.built()
    for_public.portfolio.entry(achievement(body="Another story."))
    for_public.wait_for_builds(2)
    assert "Another story" in for_public.ask(PAGE).text
    assert for_public.portfolio.built() == before


def address_of_this_machine():
    """Return an address of this machine that is not the loopback; skip where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            address = str(probe.getsockname()[0])
        except OSError:
            address = "127.0.0.1"
    if address.startswith("127."):
        pytest.skip("this machine has no address but the loopback")
    return address


def test_s17_other_machines_see_one_audience_and_no_lines_of_files(portfolio):
    own = address_of_this_machine()
    portfolio.entry(achievement("goals: {a: b}"))
    with served(portfolio, host="0.0.0.0") as live:
        assert live.ask("/ada/", at=own).status == 503  # broken from the start
        assert live.ask("/ada/", at=own, host="evil.example").status == 421
        assert live.ask("/.brag/as/public/", at=own).status == 404
        assert live.ask("/.brag/events/public", at=own).status == 404
        with live.listen(at=own) as stream:
            state = stream.heard()
            assert (state["is_broken"], state["faults"], state["views"]) == (True, [], [])
        with live.listen() as stream:
            assert stream.heard()["faults"][0]["line"] == "goals: {a: b}"


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "via"])
def test_s17_whoever_asks_through_a_proxy_may_sit_anywhere(live, name):
    own, switch = "/.brag/as/public/achievements/x.html", "/.brag/events/public"
    assert (live.ask(own).status, live.ask(own, **{name: "192.0.2.9"}).status) == (200, 404)
    assert live.ask(switch, **{name: "192.0.2.9"}).status == 404


def test_what_other_machines_may_see_is_less():
    from bragfolio.app.answers import discreet
    from bragfolio.core.serve.live import Fault, State, View

    fault = Fault("site_content/x.md:1:1", "error", "date", "secret", "hint", "secret: line")
    state = State("v", "self", views=(View("public", "/x/"),), is_broken=True, faults=(fault,), more=3)
    assert discreet(state) == State("v", "self", is_broken=True)


def test_a_portfolio_without_an_address_is_served_at_the_root(tmp_path):
    portfolio = Portfolio(tmp_path)
    portfolio.write({"site_content/site.yaml": "format: 1\ntitle: Ada\n"}).entry(achievement())
    with served(portfolio) as live:
        assert live.address == f"http://127.0.0.1:{live.port}/"
        assert [live.ask(path).status for path in ("/", "/achievements/x", "/nothing")] == [200, 200, 404]
        wait_until(lambda: live.ask("/.brag/live.js").status == 200)
