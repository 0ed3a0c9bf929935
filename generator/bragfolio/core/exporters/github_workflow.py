"""GitHub workflow: the file with which GitHub builds a portfolio and publishes the public site on Pages.

The syntax is GitHub's, "Workflow syntax for GitHub Actions"; what has to be in it, and why, is told in the developers' README.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Final

from msgspec import Struct

WORKFLOW: Final = ".github/workflows/brag.yml"
REQUIREMENTS: Final = ".github/brag/requirements.txt"
"""Both from the top of the repository, which is where GitHub looks."""
CHECKOUT_LOCKS: Final = ("generator/requirements/runtime.txt", "generator/requirements/build.txt")
"""The locks of Brag's own repository, for a portfolio that lies in a copy of it."""
_ACTIONS: Final = {
    "checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
    "configure-pages": "45bfe0192ca1faeb007ade9deae92b16b8254a0d # v6.0.0",
    "upload-pages-artifact": "fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
    "deploy-pages": "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
}
"""GitHub's own actions by the commit of a release: a tag can be moved to other code, a commit cannot."""
_MARK: Final = re.compile(r"^# mark: ([0-9a-f]{16})\n", re.MULTILINE)
_GLOB: Final = re.compile(r"([*?+\[\]!\\])")
"""What a filter of branches would read as a pattern."""
_EXPRESSION: Final = "${{"


class Place(Struct, frozen=True):
    """Where a workflow runs, and what it installs."""

    version: str
    """Of Brag."""
    branch: str
    """Whose pushes are published."""
    folder: str = ""
    """Of the portfolio, from the top of the repository; empty for the top itself."""
    is_checkout: bool = False
    """Whether the portfolio lies in a copy of Brag's own repository: then that is installed."""


def can_stand_in_a_workflow(name: str) -> bool:
    """Tell whether GitHub would take *name*, of a folder or a branch, as it is: in it `${{` starts an expression."""
    return _EXPRESSION not in name and name.isprintable()


def write_github_workflow(place: Place) -> str:
    """Return the workflow for *place*, whose names `can_stand_in_a_workflow`."""
    folder = place.folder and f"{place.folder}/"
    return sign(
        _head(place)
        + _BUILD.format_map(_ACTIONS | {"where": _where(place.folder), "install": _install(place)})
        + _UPLOAD.format_map(_ACTIONS | {"output": _quoted(f"{folder}output")})
        + _DEPLOY.format_map(_ACTIONS | {"ref": _quoted(f"github.ref == {_literal(f'refs/heads/{place.branch}')}")})
    )


def sign(text: str) -> str:
    """Return *text*, of a file in which `#` starts a comment, with a line by which `is_unedited` knows it."""
    return f"{text}# mark: {_digest(text)}\n"


def is_unedited(text: str) -> bool:
    """Tell whether *text* is what `sign` returned, whatever git made of its line ends."""
    text = text.replace("\r\n", "\n")
    found = _MARK.search(text)
    return found is not None and _digest(text[: found.start()] + text[found.end() :]) == found[1]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _head(place: Place) -> str:
    pattern = _GLOB.sub(r"\\\1", place.branch)
    return (
        f"# Brag {place.version} wrote this: GitHub builds the public site and publishes it on Pages.\n"
        "# `brag deploy --init` writes it anew as long as nobody edited it; what you edit is yours, and stays.\n"
        "name: Publish with Brag\n\n"
        "on:\n"
        "  push:\n"
        f"    branches: [{_quoted(pattern)}]\n" + _REST_OF_HEAD
    )


def _where(folder: str) -> str:
    return folder and f"    defaults:\n      run:\n        working-directory: {_quoted(folder)}\n"


def _install(place: Place) -> str:
    locked = "python -m pip install --require-hashes --only-binary :all:"
    if place.is_checkout:
        files = "".join(f" --requirement {file}" for file in CHECKOUT_LOCKS)
        return (
            "        run: |\n"
            f"          {locked}{files}\n"
            "          python -m pip install --no-deps --no-build-isolation --no-index .\n"
        )
    folder, _, name = REQUIREMENTS.rpartition("/")
    # The folder is from the top of the repository, whatever the other steps start from. Where a wheel lies in it, no index
    # is asked, which might offer another file of the same version.
    return (
        f"        working-directory: ${{{{ github.workspace }}}}/{folder}\n"
        "        run: |\n"
        f"          {locked} --requirement {name}\n"
        f"          if ls bragfolio-{place.version}-*.whl > /dev/null 2>&1; then\n"
        f"            python -m pip install --no-deps --no-index bragfolio-{place.version}-*.whl\n"
        "          else\n"
        f"            python -m pip install --no-deps --only-binary :all: bragfolio=={place.version}\n"
        "          fi\n"
    )


def _quoted(text: str) -> str:
    """Return *text* as a YAML scalar: JSON's strings are YAML's double-quoted ones."""
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    """Return *text* as a string of GitHub's expressions."""
    return "'" + text.replace("'", "''") + "'"


_REST_OF_HEAD: Final = """\
  workflow_dispatch:
  schedule:
    - cron: "23 4 * * 1"  # once a week: what waits for a day comes out, and what is over goes

permissions:
  contents: read

concurrency:
  group: pages
  cancel-in-progress: false

jobs:
"""
_BUILD: Final = """\
  build:
    name: Build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pages: read  # to ask where the site will be
{where}\
    steps:
      - name: Fetch the portfolio
        uses: actions/checkout@{checkout}
        with:
          persist-credentials: false
      - name: Set up Python
        uses: actions/setup-python@{setup-python}
        with:
          python-version: "3.13"
      - name: Install Brag
{install}\
      - name: Ask where the site will be
        id: pages
        uses: actions/configure-pages@{configure-pages}
      - name: Build the site for everybody
        env:
          BASE_URL: ${{{{ steps.pages.outputs.base_url }}}}
        run: brag build --audience public --base-url "$BASE_URL" --summary "$GITHUB_STEP_SUMMARY"
      - name: Look for mistakes
        run: brag check
"""
_UPLOAD: Final = """\
      - name: Look for a .well-known folder, the only hidden one that readers need
        id: hidden
        run: |
          if [ -d output/.well-known ]; then
            rm -f output/.brag.json output/.gitignore
            echo "wanted=true" >> "$GITHUB_OUTPUT"
          else
            echo "wanted=false" >> "$GITHUB_OUTPUT"
          fi
      - name: Hand the site over
        uses: actions/upload-pages-artifact@{upload-pages-artifact}
        with:
          path: {output}
          include-hidden-files: ${{{{ steps.hidden.outputs.wanted }}}}
"""
_DEPLOY: Final = """\

  deploy:
    name: Deploy
    needs: build
    if: {ref}
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write  # to publish
      id-token: write  # to prove to Pages that it is this workflow which publishes
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - name: Publish
        id: deployment
        uses: actions/deploy-pages@{deploy-pages}
"""
