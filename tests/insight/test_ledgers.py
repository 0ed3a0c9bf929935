"""Ledgers: what is wrong with a table as a whole is said at its first line."""

import pytest

from bragfolio.core.read.ledgers import read_ledger
from bragfolio.model.ledgers import Announcement
from bragfolio.model.tree import SourceFile

PATH = "private/announcements.csv"


def look(text):
    kept, problems = read_ledger(SourceFile(PATH, len(text), text.encode()), Announcement)
    return kept, [
        (str(problem.span).rpartition("announcements.csv:")[2], problem.code, problem.hint) for problem in problems
    ]


@pytest.mark.parametrize(("text", "kept", "said"), [
    ("date,achievement\n2026-08-01,a\n", 1, []),
    ("achievement;note;date\na;x;2026-08-01\n", 1, []),
    ("2026-08-01,a,talk\n2026-08-02,b,talk\n", 0, [("1:1", "key-missing", "the first line names the columns"), ("1:1", "key-missing", "the first")]),
    ("date,achievment\n2026-08-01,a\n", 0, [("1:1", "key-missing", "the first line names the columns: date,achievement,channel")]),
    ("date,achievement,chanel\n2026-08-01,a,talk\n", 1, [("1:1", "key-unknown", "did you mean “channel”?")]),
    ("date,achievement\n2026-08-01,a,talk,x\n", 1, [("2:1", "value", "put a cell with a comma into quotation marks")]),
    ("date,achievement\nsoon,a\n2026-08-01,b\n", 1, [("2:1", "date", "write YYYY-MM-DD")]),
    ("\n\n", 0, []),
], ids=["plain", "other order", "no names", "misspelt and needed", "misspelt", "more cells", "no date", "empty"])  # fmt: skip
def test_a_table_is_read_or_said_to_be_wrong(text, kept, said):
    lines, found = look(text)
    assert len(lines) == kept
    assert [(place, code) for place, code, _ in found] == [(place, code) for place, code, _ in said]
    assert all(hint.startswith(start) for (_, _, hint), (_, _, start) in zip(found, said, strict=True))


@pytest.mark.parametrize("cell", ["frank nuala", '"frank, nuala"', "frank;nuala", " frank  nuala "])
def test_people_stand_with_spaces_or_commas_between_them(cell):
    (line,), found = look(f"date,achievement,to\n2026-08-01,a,{cell}\n")
    assert line.authored.to == ("frank", "nuala")
    assert found == []
