"""Reading back: what four extractors and a validator find in a PDF."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import page as validator
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar
from pypdf import PdfReader

from bragfolio.core.render import contexts
from bragfolio.core.render.rich import plain, texts_in
from tests.tools.system import require_tool

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Pdf:
    """One PDF, in memory."""

    data: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.data))

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    @property
    def texts(self) -> dict[str, str]:
        """The text by extractor."""
        return {
            "pdftotext": self._pdftotext(),
            "pdftotext -raw": self._pdftotext("-raw"),
            "pypdf": "\n".join(page.extract_text() for page in self.reader.pages),
            "pdfminer": extract_text(io.BytesIO(self.data)),
        }

    @property
    def letters(self) -> list[LTChar]:
        """Every letter with its size in points and its place from the lower left corner."""
        return [char for layout in extract_pages(io.BytesIO(self.data)) for char in _letters(layout)]

    @property
    def failed_rules(self) -> list[str]:
        """What PDF/UA-1 and PDF/A-2a find wrong."""
        reports = [validator.validate_pdf_bytes(self.data, profile=profile) for profile in ("ua1", "2a")]
        assert all(report.rules.total > 100 for report in reports)
        failures = [failure for report in reports for failure in report.failures]
        # A compressed stream may end in a carriage return, which the validator takes for a part of the line's end.
        excused = "STREAM-LENGTH" if b"\r\nendstream" in self.data else None
        return [
            f"{failure.rule_id}: {failure.message}"
            for failure in failures
            if excused is None or excused not in failure.rule_id
        ]

    @property
    def info(self) -> dict[str, str]:
        """What the document says of itself."""
        return {str(key).lstrip("/"): str(value) for key, value in (self.reader.metadata or {}).items()}

    @property
    def catalog(self) -> Any:
        """The root of its objects."""
        return self.reader.trailer["/Root"]

    @property
    def xmp(self) -> str:
        """Its metadata in XML."""
        return str(self.catalog["/Metadata"].get_data().decode())

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        notes = [note.get_object() for page in self.reader.pages for note in page.get("/Annots", ())]
        return [str(note["/A"]["/URI"]) for note in notes if "/A" in note]

    def _pdftotext(self, *options: str) -> str:
        command = [str(require_tool("pdftotext")), *options, "-enc", "UTF-8", "-", "-"]
        return subprocess.run(command, input=self.data, capture_output=True, check=True).stdout.decode()


def _letters(layout: object) -> Iterator[LTChar]:
    if isinstance(layout, LTChar):
        yield layout
    elif hasattr(layout, "__iter__"):
        for part in layout:
            yield from _letters(part)


def assert_one_sound_page(pdf: Pdf, height: float, margin: float) -> None:
    """Check that there is one page, no type below 9 points, nothing outside the margins (millimetres), and no line over another."""
    assert pdf.pages == 1
    box = pdf.reader.pages[0].mediabox
    assert abs(float(box.height) - height) < 0.5
    letters = [letter for letter in pdf.letters if letter.get_text().strip()]
    assert letters
    least = margin * POINTS_PER_MM
    assert margin >= 12
    assert min(letter.size for letter in letters) >= 9 - 0.01
    # Letters hang over the edges of their line by a hair: overshoot and side bearing, and descenders below the last.
    outside = [
        letter
        for letter in letters
        if letter.matrix[4] < least - 1.5
        or letter.x1 > float(box.width) - least + 1.5
        or letter.matrix[5] < least - 1
        or letter.matrix[5] + 0.6 * letter.size > height - least + 1.5
    ]
    assert [(letter.get_text(), letter.bbox) for letter in outside] == []
    assert overlapping_lines(letters) == []


def overlapping_lines(letters: list[LTChar]) -> list[tuple[str, str]]:
    """Return each pair of neighbouring lines of which the lower's capitals touch what hangs below the upper's base."""
    lines: dict[float, list[LTChar]] = {}
    for letter in letters:
        lines.setdefault(round(letter.matrix[5], 1), []).append(letter)
    rows = [row for _, row in sorted(lines.items(), reverse=True)]
    return [(_text(upper), _text(lower)) for upper, lower in pairwise(rows) if _touch(upper, lower)]


def _touch(upper: list[LTChar], lower: list[LTChar]) -> bool:
    base = min(letter.matrix[5] - 0.2 * letter.size for letter in upper)
    top = max(letter.matrix[5] + 0.7 * letter.size for letter in lower)
    beside = upper[-1].x1 < lower[0].x0 or lower[-1].x1 < upper[0].x0
    return top > base and not beside


def _text(line: list[LTChar]) -> str:
    return "".join(letter.get_text() for letter in line)


def fragments_of(sheet: contexts.Sheet) -> list[str]:
    """Return the fragments of a sheet in an order that holds within each design: each must be read back whole."""
    fragments = [sheet.name, plain(sheet.headline), plain(sheet.claim), plain(sheet.heading), plain(sheet.intro)]
    fragments += [contact.label for contact in sheet.contacts]
    for number in sheet.numbers:
        fragments.append(plain(number.label))
    for win in wins_of(sheet):
        fragments += fragments_of_win(win)
    fragments += [plain(claim.text) for claim in sheet.claims]
    for role in sheet.roles:
        fragments += [plain(role.employer), *(plain(position.title) for position in role.positions)]
    for line in (*sheet.education, *sheet.credentials):
        fragments += [plain(line.title), plain(line.detail)]
    fragments += [plain(group.names) for group in sheet.skills]
    fragments += [plain(sheet.languages), plain(sheet.interests)]
    return [fragment for fragment in fragments if fragment]


def fragments_of_win(win: contexts.SheetWin) -> list[str]:
    """Return what is said of one achievement, in order."""
    return [plain(win.title), *(plain(text) for part in win.paragraphs for text in texts_in(part))]


def wins_of(sheet: contexts.Sheet) -> list[contexts.SheetWin]:
    """Return all achievements of a sheet in the order of the page."""
    found = {
        "wins": list(sheet.wins),
        "claims": [win for claim in sheet.claims for win in claim.proofs],
        "roles": [win for role in sheet.roles for win in role.wins],
    }
    return [win for section in sheet.sections for win in found.get(section, [])]


def squeezed(text: str) -> str:
    """Return *text* without white space: where lines break is the typesetter's."""
    return "".join(text.split())


def missing_fragments(pdf: Pdf, sheet: contexts.Sheet) -> list[tuple[str, str]]:
    """Return each fragment that an extractor does not give whole, and each achievement that it gives out of order."""
    missing = []
    for name, text in pdf.texts.items():
        read = squeezed(text)
        missing += [(name, fragment) for fragment in fragments_of(sheet) if squeezed(fragment) not in read]
        at = 0
        for win in wins_of(sheet):
            for fragment in fragments_of_win(win):
                place = read.find(squeezed(fragment), at)
                if place < 0:
                    missing.append((name, f"out of order: {fragment}"))
                else:
                    at = place + len(squeezed(fragment))
    return missing
