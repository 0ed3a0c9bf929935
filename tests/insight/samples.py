"""Samples: insights of every shape, to see the headquarters full whatever a portfolio says."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from bragfolio.core.insight.figures import (
    Bar,
    Bars,
    Calendar,
    Cell,
    Chart,
    Dot,
    Grid,
    GridRow,
    Line,
    Moment,
    Part,
    Quadrant,
    Square,
    Table,
)  # fmt: skip
from bragfolio.core.insight.finding import Finding, Insight
from bragfolio.core.insight.questions import Answers, Question

LONG = "A very long name of something that somebody did with many others over several years, and that nobody can say in a line"
NOTHING: tuple[str, ...] = ()
HOSTILE = '<script>alert(1)</script> & "quotes" \' ]]> –'


def table_of(rows: Sequence[tuple[str, Decimal, tuple[str, ...]]], head: tuple[str, str] = ("what", "number")) -> Table:
    """Return a table of names and numbers."""
    return Table(
        caption="Sample numbers", head=head, numeric=frozenset({1}),
        rows=tuple((Cell(name), Cell(str(number), entries=entries)) for name, number, entries in rows),
    )  # fmt: skip


EMPTY = Table(caption="No numbers", head=("what", "number"), rows=())


def line(numbers: list[str], unit: str = "") -> Line:
    """Return a number at the end of months, from January 2025 on."""
    first = dt.date(2025, 1, 31)
    points = [(first + dt.timedelta(days=30 * index), Decimal(number)) for index, number in enumerate(numbers)]
    rows = [(str(day), number, NOTHING) for day, number in points]
    return Line(
        title="A number over time", description="It rose.", points=tuple(points), unit=unit, table=table_of(rows)
    )


def bars(rows: dict[str, list[tuple[str, str]]], mark: str = "", entry: str = "") -> Bars:
    """Return bars from pieces, pairs of a name and a number."""
    made = tuple(
        Bar(name, tuple(Part(part, Decimal(number), (entry,) if entry else ()) for part, number in parts))
        for name, parts in rows.items()
    )
    lines = [(bar.label, sum((p.number for p in bar.parts), Decimal(0)), (entry,) if entry else ()) for bar in made]
    return Bars(
        title="Numbers side by side", description="The first is the largest.", bars=made, table=table_of(lines),
        mark=Decimal(mark) if mark else None, mark_label="half of the boss" if mark else "",
    )  # fmt: skip


def grid(columns: list[str], rows: dict[str, list[str]], entry: str = "", title: str = "A matrix") -> Grid:
    """Return a grid of words; `!` before a word means that something is wrong, `-` that there is no square."""

    def square(word: str) -> Square | None:
        if word == "-":
            return None
        return Square(word.removeprefix("!"), len(word) % 5, (entry,) if entry else (), alarm=word.startswith("!"))

    made = tuple(GridRow(name, tuple(square(word) for word in words)) for name, words in rows.items())
    lines = [(name, Decimal(len(words)), (entry,) if entry else ()) for name, words in rows.items()]
    return Grid(title=title, description="Two are overdue.", columns=tuple(columns), rows=made, table=table_of(lines))


def quadrant(dots: list[tuple[str, str, str, int]], entry: str = "achievement/d0") -> Quadrant:
    """Return dots: label, x, y, size."""
    made = tuple(Dot(name, Decimal(x), Decimal(y), size, entry) for name, x, y, size in dots)
    rows = [(name, Decimal(y), (entry,)) for name, _, y, _ in dots]
    return Quadrant(
        title="Effort against reach", description="Much of the effort reaches nobody.", x_label="effort in days", y_label="people",
        x_split=Decimal(10), y_split=Decimal(3), dots=made, table=table_of(rows),
        corners=("cheap and seen", "worth it", "not worth a word", "hard work, unseen"),
    )  # fmt: skip


def calendar(
    moments: list[Moment], first: str = "2026-07-01", last: str = "2026-12-31", today: str = "2026-08-15"
) -> Calendar:
    """Return days and spans of half a year."""
    rows = [(moment.label, Decimal((moment.first_day - dt.date(2026, 1, 1)).days), NOTHING) for moment in moments]
    return Calendar(
        title="What is coming", description="The packet is due in five weeks.", moments=tuple(moments), table=table_of(rows),
        first_day=dt.date.fromisoformat(first), last_day=dt.date.fromisoformat(last), today=dt.date.fromisoformat(today),
    )  # fmt: skip


def chart_of_each_kind(entry: str = "achievement/d0") -> tuple[Chart, ...]:
    """Return one ordinary chart of each kind, two of the grid: one that fits, one that scrolls."""
    day = dt.date.fromisoformat
    return (
        line(["2.10", "3.40", "3.00", "5.80", "9.10", "8.20", "7.00", "6.97"]),
        bars(
            {
                "Petra, your boss's boss": [("heard of", "12"), ("in a one-pager", "3")],
                "Jan, your boss": [("heard of", "20"), ("gave feedback", "6"), ("in a one-pager", "4")],
                LONG: [("heard of", "2")],
                "Nobody": [],
            },
            "14", entry,
        ),
        grid(
            ["company", "leadership", "market"],
            {
                "Cut checkout p99 from 2.4 s to 0.9 s": ["told", "!overdue", "due"],
                "Halved the returns": ["told", "told", "-"],
                LONG: ["lapsed", "!overdue", "·"],
            },
            entry,
        ),
        grid(
            ["Influence without authority", "Debugging", "Delivery under pressure", "Conflict with a peer", "Mentoring", "Failure"] * 2,
            {name: ["1", "·", "2", "-", "!0", "3"] * 2 for name in ("The queue that nobody owned", "Night of the migration", "Three teams, one index")},
            entry, "A wide matrix",
        ),
        quadrant(
            [("Queue", "2", "8", 4), ("Migration", "30", "9", 5), ("Index", "28", "1", 3), ("Report", "3", "1", 1),
             ("Report for the board", "3.4", "1.1", 2), (LONG, "40", "5", 2)], entry,
        ),
        calendar([
            Moment("Cycle opens", day("2026-09-01")),
            Moment("Packet due", day("2026-09-22"), alarm=True),
            Moment("Decision", day("2026-10-15")),
            Moment("Campaign: staff engineer 2026, the whole of its window", day("2026-07-01"), day("2026-10-15")),
            Moment("Later", day("2026-12-20"), day("2027-03-01")),
        ]),
    )  # fmt: skip


def finding(code: str, gain: float = 0.0, entries: tuple[str, ...] = (), sentence: str = "") -> Finding:
    """Return something that the coach says."""
    return Finding(
        code=code, sentence=sentence or "Petra has not heard of 3 of your 5 biggest wins.", entries=entries, gain=gain,
        action=f"tell her about the first: `brag announce d{code[1:]} --to petra`", numbers=(("biggest wins", "5"), ("unheard", "3")),
    )  # fmt: skip


def question(
    name: str, title: str = "", needs: str = "private/people.yaml: the people whose opinion counts"
) -> Question:
    """Return a question that no code asks."""
    return Question(name, title or f"What about {name}?", lambda _: None, needs, {})


def full_answers(entries: tuple[str, ...]) -> tuple[Answers, tuple[Question, ...]]:
    """Return answers with every kind of chart, many findings, hostile and long words, and a silent question."""
    reach, hostile, calm, silent = (
        question("reach", "Who knows what you did?"),
        question("hostile", HOSTILE),
        question("calm"),
        question("silent"),
    )
    wrong = Finding(
        code="x",
        sentence=HOSTILE,
        action=f"`{HOSTILE}`",
        numbers=((HOSTILE, HOSTILE),),
        entries=("person/nobody",),
        gain=0.5,
    )
    insights = {
        "reach": Insight(
            answer="Petra has not heard of 3 of your 5 biggest wins.",
            findings=tuple(finding(f"f{number}", 4 - number / 2, entries[: number * 2]) for number in range(7)),
            charts=chart_of_each_kind(entries[0] if entries else ""),
            tables=(table_of([(f"{LONG} {number}", Decimal(number), entries[:number]) for number in range(4)]),),
        ),
        "hostile": Insight(
            answer=HOSTILE * 3, findings=(wrong,), tables=(table_of([(HOSTILE, Decimal(1), ("posting/none",))], (HOSTILE, "n")),),
            charts=(bars({HOSTILE: [(HOSTILE, "1"), ("b", "2")]}), grid([HOSTILE], {HOSTILE: [HOSTILE]}), quadrant([(HOSTILE, "1", "2", 3)], "")),
        ),
        "calm": Insight(answer="All is well."),
    }  # fmt: skip
    return Answers(insights, (silent,)), (reach, hostile, calm, silent)
