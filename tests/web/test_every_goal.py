"""Every goal: each number of a goal of the web is in the name of a test, and that test is run for every theme that Brag brings."""

import ast
from pathlib import Path

from bragfolio.edge.bundled import themes_folder
from tests.web.pages import THEMES

GOALS = range(2, 17)
"""The first is what `make lighthouse` measures."""


def goal_tests():
    """Yield the name and the arguments of each test."""
    folder = Path(__file__).parent
    for path in (folder.parent / "test_themes.py", *folder.glob("test_*.py")):
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(found, ast.FunctionDef):
                yield found.name, {argument.arg for argument in found.args.args}


def test_every_goal_has_a_test_by_its_number_in_every_theme():
    tests = list(goal_tests())
    assert len(tests) > 80
    themed = [name for name, arguments in tests if arguments & {"theme", "sites"}]
    assert [goal for goal in GOALS if not any(f"_w{goal:02}_" in name for name in themed)] == []


def test_the_themes_are_all_that_brag_brings():
    assert {path.parent.name for path in themes_folder().glob("*/theme.toml")} == {"base", *THEMES}
