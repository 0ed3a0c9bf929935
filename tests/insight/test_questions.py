"""Questions: what every insight keeps to."""

from collections import Counter

from bragfolio.core.insight.questions import QUESTIONS


def test_a_code_belongs_to_one_question_and_has_a_meaning():
    codes = Counter(code for question in QUESTIONS for code in question.findings)
    assert codes
    assert [code for code, count in codes.items() if count > 1] == []
    assert all(meaning.endswith(".") for question in QUESTIONS for meaning in question.findings.values())


def test_each_question_has_a_name_of_its_own():
    names = [question.name for question in QUESTIONS]
    assert len(set(names)) == len(names)
    assert all(question.title.endswith("?") and question.needs for question in QUESTIONS)
