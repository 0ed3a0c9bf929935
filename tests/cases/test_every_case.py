"""Every case: each id of a known trap is in the name of a test."""

import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(("letter", "last"), [("L", 24), ("B", 20), ("S", 19)])
def test_every_case_has_a_test_by_its_name(letter, last):
    sources = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    names = re.findall(r"^def (test_\w+)", sources, re.MULTILINE)
    assert len(names) > 1_000
    ids = [f"{letter}{number:02}" for number in range(1, last + 1)]
    assert [its for its in ids if not any(f"_{its.lower()}_" in name for name in names)] == []
