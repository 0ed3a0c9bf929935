"""Questions: what every insight keeps to."""

from collections import Counter

from bragfolio.core.insight.finding import Finding, Insight
from bragfolio.core.insight.questions import QUESTIONS, Answers


def test_a_code_belongs_to_one_question_and_has_a_meaning():
    codes = Counter(code for question in QUESTIONS for code in question.findings)
    assert codes
    assert [code for code, count in codes.items() if count > 1] == []
    assert all(meaning.endswith(".") for question in QUESTIONS for meaning in question.findings.values())


def test_each_question_has_a_name_of_its_own():
    names = [question.name for question in QUESTIONS]
    assert len(set(names)) == len(names)
    assert all(question.title.endswith("?") and question.needs for question in QUESTIONS)


def test_actions_come_by_gain_and_no_command_comes_twice():
    def found(code, action, gain):
        return Finding(code=code, sentence="It is so.", action=action, gain=gain)

    first = Insight(
        answer="a",
        findings=(found("a", "talk: `brag lately --for bo`", 2), found("b", "say no", 3), found("c", "x", 0)),
    )
    second = Insight(
        answer="b",
        findings=(found("d", "meet: `brag lately --for bo`", 2.5), found("e", "say so", 3), found("f", "say no", 1)),
    )
    actions = Answers({"one": first, "two": second}, ()).actions
    assert [action.code for action in actions] == ["b", "e", "d"]
