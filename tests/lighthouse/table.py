"""Table: the results as READMEs show them; `python -m tests.lighthouse.table` writes the one beside this file."""

import json
import re
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
README = Path(__file__).with_name("README.md")
_MARKS = re.compile(r"(?<=<!-- results:begin -->\n).*(?=<!-- results:end -->)", re.DOTALL)
_HEAD = (
    "| theme, page | Lighthouse | LCP, TBT, CLS | axe L / D / print | requests, bytes | JS bytes | vnu | html-validate | CSP | dark | no-JS text "
    "| print pages | hosts | JSON-LD | h-card |"
)


def read_results() -> dict[str, Any]:
    """Read results.json."""
    return dict(json.loads(RESULTS.read_text(encoding="utf-8")))


def summary(results: dict[str, Any]) -> str:
    """Return what README.md says of the results; it grows worse with them."""
    rows = results["rows"]
    version = results["versions"]["lighthouse"].partition(".")[0]
    lowest = min(score for row in rows for score in row["scores"].values())
    homes = [row for row in rows if row["page"] == "home"]
    most = max(row["bytes"] for row in homes)
    return (
        f"Lighthouse {version} gives the example {lowest} of 100 or more in all five categories, on five kinds of page in each theme; "
        f"the first page is {_kilobytes(most)} in {max(row['requests'] for row in homes)} requests at most."
    ).replace("100 of 100 or more", "100 of 100")


def table(results: dict[str, Any]) -> str:
    """Return the rows, and what they were measured with."""
    columns = _HEAD.count("|") - 1
    with_what = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    lines = [_HEAD, "|" + " --- |" * columns, *(_row(row) for row in results["rows"])]
    return "\n".join(lines) + f"\n\nMeasured on {results['day']} with {with_what}.\n"


def _row(row: dict[str, Any]) -> str:
    cells = [
        f"{row['theme']}, {row['page']}",
        "/".join(map(str, row["scores"].values())),
        f"{row['lcp_ms'] / 1000:.1f} s, {row['tbt_ms']} ms, {row['cls']:g}",
        " / ".join(map(str, row["axe"].values())),
        f"{row['requests']}, {_kilobytes(row['bytes'])}",
        *map(str, (row["script_bytes"], row["vnu"], row["html_validate"], row["csp"])),
        "yes" if row["dark"] else "no",
        f"{row['text_without_script']:.1f}",
        *map(str, (row["printed"], row["hosts"])),
        ", ".join(row["json_ld"]) or "–",
        "yes" if row["h_card"] else "–",
    ]
    return f"| {' | '.join(cells)} |"


def _kilobytes(count: int) -> str:
    return f"{count / 1000:.1f} KB"


def readme(results: dict[str, Any]) -> str:
    """Return README.md with its table made anew."""
    return _MARKS.sub(lambda _: "\n" + table(results) + "\n", README.read_text(encoding="utf-8"))


if __name__ == "__main__":
    README.write_text(readme(read_results()), encoding="utf-8")
