"""Emulator: GitHub Pages on the loopback, for a site as a branch or as the archive of a workflow holds it.

Which file a path leads to is decided by the program's own table, `core/serve/pages.py`; here is what stands around it: the
host, the path below which a project lies, the headers, and what of a folder or of a branch gets there at all.
"""

import contextlib
import gzip
import http.server
import io
import tarfile
import threading
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path, PurePosixPath
from typing import Final, Self
from urllib.parse import urlsplit

from bragfolio.core.serve.pages import base_path, escape_path, find_page, list_site, media_type, read_target
from tests.repositories import Repository

_TEXT: Final = (
    "text/",
    "application/json",
    "application/javascript",
    "application/xml",
    "image/svg",
    "application/manifest",
)
"""What GitHub sends compressed."""
_NOBODY: Final = b"There isn't a GitHub Pages site here."


class Pages:
    """One site on a free port of 127.0.0.1; `home` is the address that it has on GitHub, `domain` one of its owner's.

    GitHub sends no headers of its user's; `more` are for what a test wants to know of a browser.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        home: str = "https://ada.github.io/",
        *,
        domain: str = "",
        more: Mapping[str, str] | None = None,
    ) -> None:
        self.files = dict(files)
        self.more = dict(more or {})
        self.home = f"https://{domain}/" if domain else home
        self.moved_from = home if domain else ""
        handler = type("_Handler", (_Handler,), {"pages": self, "listing": list_site(files)})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = int(self.server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def local(self) -> str:
        """Where a browser of this machine finds the site."""
        return f"http://127.0.0.1:{self.port}{base_path(self.home)}"

    def ask(self, target: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for *target* as it is, at the site's own host unless another is named; return status, headers, body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked = {
                "Host": urlsplit(self.home).netloc,
                **{name.replace("_", "-"): text for name, text in headers.items()},
            }
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, text in asked.items():
                connection.putheader(name, text)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def fetch(self, address: str) -> tuple[int, bytes]:
        """Return status and body of an *address* of this site."""
        parts = urlsplit(address)
        status, headers, body = self.ask(parts.path or "/", Host=parts.netloc, Accept_Encoding="gzip")
        return status, gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body


class _Handler(http.server.BaseHTTPRequestHandler):
    pages: Pages
    listing = list_site(())

    def do_GET(self) -> None:
        """Answer by the rules."""
        path = read_target(self.path)
        if path is None:
            return self._send(400, b"")
        host = (self.headers.get("Host") or "").lower()
        if self.pages.moved_from and self._lies_at(self.pages.moved_from, host, path):
            return self._lead(self.pages.home + path.removeprefix(base_path(self.pages.moved_from)))
        home = self.pages.home
        if not self._lies_at(home, host, path):
            is_bare = self._lies_at(home, host, path + "/") and path + "/" == base_path(home)
            return self._lead(base_path(home)) if is_bare else self._send(404, _NOBODY)
        base = base_path(home)
        found = find_page(path.removeprefix(base), self.listing)
        if found.folder:
            return self._lead(escape_path(base + found.folder))
        return self._send(found.status, self.pages.files.get(found.file, _NOBODY), media_type(found.file))

    do_HEAD = do_GET  # noqa: N815 - the base class looks for these names

    def do_POST(self) -> None:
        """Refuse."""
        self._send(405, b"")

    do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_POST  # noqa: N815 - as above

    def _lies_at(self, home: str, host: str, path: str) -> bool:
        hosts = {urlsplit(home).netloc.lower(), f"127.0.0.1:{self.pages.port}"}
        return host in hosts and path.startswith(base_path(home))

    def _lead(self, where: str) -> None:
        self._send(301, b"", where=where)

    def _send(self, status: int, body: bytes, kind: str = "text/html; charset=utf-8", where: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Access-Control-Allow-Origin", "*")
        for name, value in self.pages.more.items():
            self.send_header(name, value)
        if where:
            self.send_header("Location", where)
        if kind.startswith(_TEXT) and "gzip" in (self.headers.get("Accept-Encoding") or ""):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(ConnectionError):  # a browser that is closed waits for nothing
                self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def artifact_of(folder: Path, *, with_hidden: bool = False) -> dict[str, bytes]:
    """Return what the action upload-pages-artifact (v5) hands over of *folder*: links followed, what is hidden left out."""

    def keep(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        name = PurePosixPath(member.name).name
        is_out = name in {".git", ".github"} or (name.startswith(".") and not with_hidden and member.name != ".")
        return None if is_out else member

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", dereference=True) as archive:
        archive.add(folder, arcname=".", filter=keep)
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        odd = [member.name for member in archive if not member.isdir() and not member.isreg()]
        assert not odd, f"Pages takes files and folders only: {odd}"
        return {
            str(PurePosixPath(member.name)): file.read() for member in archive if (file := archive.extractfile(member))
        }


def branch_of(repository: Repository, folder: Path, ref: str) -> tuple[dict[str, bytes], str]:
    """Return the files that Pages makes of a branch of the bare repository in *folder*, and the domain that CNAME names.

    Without .nojekyll, Jekyll leaves out what starts with a dot, an underscore, a hash or ends in a tilde.
    """
    listing = repository.git(f"--git-dir={folder}", "ls-tree", "-r", "-z", ref).split("\0")[:-1]
    entries = [line.partition("\t") for line in listing]
    assert {about.split()[0] for about, _, _ in entries} <= {"100644"}, "a link, a program or a submodule"
    files = {}
    for about, _, path in entries:
        blob = about.split()[2]
        files[path] = repository.read(f"--git-dir={folder}", "cat-file", "blob", blob)
    domain = files.get("CNAME", b"").decode().strip()
    if ".nojekyll" not in files:
        files = {path: data for path, data in files.items() if not _is_left_out(path)}
    return files, domain


def _is_left_out(path: str) -> bool:
    return any(part.startswith((".", "_", "#")) or part.endswith("~") for part in path.split("/"))
