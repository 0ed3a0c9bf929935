"""Server: a site below /repo/ on the loopback as GitHub Pages sends it: compressed, for ten minutes, with its 404 page."""

import gzip
import http.server
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE = "/repo/"
COMPRESSED = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")


class Pages:
    """Serves *folder*; *headers* are sent with every page."""

    def __init__(self, folder: Path, headers: dict[str, str] | None = None) -> None:
        handler = type("Handler", (_Handler,), {"folder": folder.resolve(), "headers_of_all": headers or {}})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        """Serve, and return the address of the home page."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}{BASE}"

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    headers_of_all: dict[str, str]

    def do_GET(self) -> None:
        """Send a file, or the 404 page."""
        path = unquote(urlsplit(self.path).path)
        file = (self.folder / path.removeprefix(BASE) / ("index.html" if path.endswith("/") else "")).resolve()
        found = path.startswith(BASE) and file.is_relative_to(self.folder) and file.is_file()
        self._send(file if found else self.folder / "404.html", 200 if found else 404)

    def _send(self, file: Path, status: int) -> None:
        data, kind = file.read_bytes(), self.guess_type(file)
        self.send_response(status)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        if kind.startswith(COMPRESSED):
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        for name, value in self.headers_of_all.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
