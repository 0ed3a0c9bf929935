"""Adverts: what is required, what is liked, and what is only said."""

import pytest

from bragfolio.core.read.adverts import sections_of

LISTED = """Baker

We bake. Cooking happens.

Requirements
- Python
- SQL, which you
  know well

Nice to have:
- Rust

We offer
- Fruit
"""


@pytest.mark.parametrize(("advert", "must", "nice"), [
    (LISTED, ["Python", "SQL, which you know well"], ["Rust"]),
    ("## What you bring\n\n* A\n* B\n\n## Bonus points\n* C\n\n## Perks\n* D", ["A", "B"], ["C"]),
    ("We bake.\n\nRequirements: A;\nB; C.\n\nApply soon.", ["A;", "B;", "C."], []),
    ("**Qualifications**\n1. A\n2) B\n\nWe are kind to all.", ["A", "B"], []),
    ("Qualifications\n- A; B is a plus\n- C, preferably D", ["A;", "C, "], ["B is a plus", " D"]),
    ("We like Go. Knowing Rust would be an\nadvantage. Bye.", [], ["Knowing Rust would be an advantage."]),
    ("Your tasks\n- A\n\nYou have\n- B\n\nDesirable\n- C", ["B"], ["C"]),
    ("Must-haves:\nA\nB\n\nWhat we offer:\nC", ["A B"], []),
    ("You have\n- A\n\nSomething else\n- B", ["A"], []),
    ("Ihr Profil\n- A\n\nWir bieten\n- B", ["A"], []),
    ("About you\n\nYou know A.\n\nYou know B.\n\nBenefits\n\nC", ["You know A.", "You know B."], []),
    ("We bake bread.", [], []),
    ("", [], []),
    ("\n\n\n", [], []),
])  # fmt: skip
def test_sections_go_by_their_headings_and_wishes_by_their_words(advert, must, nice):
    found = sections_of(advert)
    assert (found.must.split("\n\n") if found.must else []) == must
    assert (found.nice.split("\n\n") if found.nice else []) == nice


def test_what_is_in_no_list_is_the_rest():
    assert sections_of(LISTED).rest == "Baker\n\nWe bake.\n\nCooking happens.\n\nFruit"


@pytest.mark.parametrize(
    ("advert", "asked"),
    [
        ("We are looking for a manager with experience in A.\nYou bring: B.", ["We are looking for a manager with experience in A."]),
        ("Wir suchen A. Wir backen.\n\nIhr Profil\n- B", ["Wir suchen A."]),
        ("You will need A; B is a plus.\n\nRequirements\n- C", ["You will need A;"]),
        ("Our team has experience with A. We use B.\n\nRequirements\n- C", []),
    ],
)  # fmt: skip
def test_a_sentence_outside_the_lists_may_ask_too(advert, asked):
    found = sections_of(advert)
    assert (found.asked.split("\n\n") if found.asked else []) == asked
    assert all(sentence in found.rest for sentence in asked)


def test_a_hostile_text_takes_no_time():
    assert sections_of("a: " * 100_000).must == ""
    assert sections_of("- \n" * 100_000).must == ""
    assert sections_of("Requirements: " + "x" * 500_000).must
