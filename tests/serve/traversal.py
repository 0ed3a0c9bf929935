"""Traversal: addresses that try to leave the site; none may answer with a byte from outside."""

from typing import Final

_UP: Final = (
    "..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "..%00", "%00..", "..;", ";..", "..%3b", "..%09", "..%0a", "..%0d",
    "..%20", "%20..", "...", "....", "..%5c..", "..\\..", "..%255c..", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
    "%f0%80%80%ae%f0%80%80%ae", "..%c0%af..", "..%c1%9c..", "..%2f..", "..%2F..", "..%252f..", "%2e%2e%2f%2e%2e", "%u002e%u002e",
    "%uff0e%uff0e", "%ef%bc%8e%ef%bc%8e", "..%ef%bc%8f..", "..%e2%88%95..", "%%32%65%%32%65", "%2", "%", "%zz", "~",
)  # fmt: skip
_WHOLE: Final = (
    "//etc/passwd", "///etc/passwd", "/./../etc/passwd", "/folder/../../etc/passwd", "/folder/./../../etc/passwd",
    "/folder//../../etc/passwd", "/%2fetc/passwd", "/%2Fetc%2Fpasswd", "/C:/Windows/win.ini", "/C:%5CWindows%5Cwin.ini",
    "/\\\\host\\share", "/%5c%5chost%5cshare", "/file:///etc/passwd", "/etc/passwd%00.html", "/.brag.json", "/.gitignore",
    "/../.brag.json", "/.brag/../.brag.json", "/.brag/live/../live.py", "/.brag/%2e%2e/etc/passwd", "/.brag/as/../../x",
    "/.brag/as/self/../../../x", "etc/passwd", "../etc/passwd", "*", "/folder/..%2f..%2fetc%2fpasswd",
)  # fmt: skip
TRAVERSALS: Final = (*(f"/{up}/{up}/{up}/etc/passwd" for up in _UP), *_WHOLE)
"""As request targets."""
