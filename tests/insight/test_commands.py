"""Commands: each that the coach prints can be typed as it stands, its placeholders filled in."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from bragfolio.core import insight
from tests.portfolios import achievement

FILLED = {"channel": "email", "level": " swe/staff", "kept.authored.audience": "company"}
"""What stands where a sentence has these names; elsewhere, `x`."""
WORDS = {"NAME": "reach", "ID": "x", "FILE": "x.txt", "LADDER/LEVEL": "swe/staff", "PERSON": "x"}
COMMAND = re.compile(r"`brag ([^`]*)`")


def sentences(tree):
    """Yield every text of a module, with values in it."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for text in texts for part in text.values}
    for text in texts:
        yield "".join(
            FILLED.get(ast.unparse(part.value), "x") if isinstance(part, ast.FormattedValue) else ast.literal_eval(part)
            for part in text.values
        )
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


FOUND = sorted({
    command
    for path in Path(insight.__file__).parent.glob("*.py")
    for text in sentences(ast.parse(path.read_text(encoding="utf-8")))
    for command in COMMAND.findall(text)
})  # fmt: skip


def test_there_are_commands():
    assert len(FOUND) > 15


@pytest.mark.parametrize("command", FOUND)
def test_a_command_that_is_printed_lacks_no_word(portfolio, command):
    portfolio.entry(achievement("skills: [Python]"))
    portfolio.entry("---\ntitle: X\naudience: company\nclaims: [{text: A, proof: [x]}]\n---\n", "campaigns/x.md")
    portfolio.entry("- {id: x, name: Xaver, relation: boss, audience: company}\n", "private/people.yaml")
    portfolio.entry("---\ntitle: X\nmust: [Python]\n---\n", "private/postings/x.md")
    portfolio.write({"x.txt": "X\n\nYou bring: Python.\n"})
    outcome = portfolio.brag(*(WORDS.get(word, word) for word in shlex.split(command)))
    assert outcome.code != 2, outcome.text
