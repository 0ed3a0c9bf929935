"""Pictures: the demo as the READMEs show it, and in each theme, taken by the program itself in Chromium."""

import datetime as dt
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from bragfolio.app.build import BuildRequest, build
from bragfolio.app.pdf import PdfRequest, make_pdf
from tests.tools.system import chromium_flags, find_tool

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "docs" / "site_content" / "static" / "pictures"
DAY = dt.date(2026, 11, 23)
SHOTS = {
    "home": ("index.html", False),
    "achievement": ("achievements/anticoagulant-errors.html", True),
}
"""The page of each picture, and whether it is dark."""
OWN_SHOTS = {"headquarters": ("headquarters/index.html", False), "effort": ("headquarters/effort.html", False)}
"""The same of what only its owner sees."""
ONE_PAGERS = {"impact": "regional-lead", "classic": "", "brief": "chief-2027"}
"""A campaign, or the resume, in each design."""
WIDTH = 620
"""Pixels of a one-pager."""
THEMES = REPOSITORY / "themes"
PREVIEW_WIDTH = 800
"""Pixels of a theme's preview."""


def main() -> int:
    """Write docs/site_content/static/pictures/*.png, and preview.png of each theme."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_tool("chromium"), args=chromium_flags())
        for audience, shots in (("public", SHOTS), ("self", OWN_SHOTS)):
            site = Path(folder) / audience
            report = build(BuildRequest(REPOSITORY, audience, as_of=DAY, output=site))
            if not report.published:
                return 1
            for name, (path, is_dark) in shots.items():
                take(browser, site / path, FOLDER / f"{name}.png", is_dark=is_dark)
        for settings in sorted(THEMES.glob("*/theme.toml")):
            site = Path(folder) / settings.parent.name
            request = BuildRequest(REPOSITORY, as_of=DAY, output=site, with_pdf=False, theme=settings.parent.name)
            if not build(request).published:
                return 1
            preview = settings.with_name("preview.png")
            take(browser, site / "index.html", preview, is_dark=False, width=PREVIEW_WIDTH)
        browser.close()
    return picture_one_pagers()


def take(browser: Browser, page_file: Path, picture_file: Path, *, is_dark: bool, width: int = 0) -> None:
    """Write a picture of the top of a page, *width* pixels wide where that is given."""
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.emulate_media(color_scheme="dark" if is_dark else "light")
    page.goto(page_file.as_uri())
    picture: Image.Image = Image.open(io.BytesIO(page.screenshot()))
    if width:
        size = width, round(picture.height * width / picture.width)
        picture = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    # Few pixels have the accent, and the usual method would mix it with the greys of letters.
    method = Image.Quantize.MAXCOVERAGE if width else Image.Quantize.MEDIANCUT
    picture.convert("RGB").quantize(128 if width else 64, method=method, dither=Image.Dither.NONE).save(
        picture_file, optimize=True
    )


def picture_one_pagers() -> int:
    """Write docs/site_content/static/pictures/one-pager-*.png, as `brag pdf --png` makes them."""
    with tempfile.TemporaryDirectory() as folder:
        for design, campaign in ONE_PAGERS.items():
            out = Path(folder) / f"{design}.png"
            report = make_pdf(PdfRequest(REPOSITORY, campaign, as_of=DAY, out=out, is_picture=True))
            if report.file is None:
                return 1
            picture = Image.open(out).convert("RGB")
            small = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
            small.quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"one-pager-{design}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
