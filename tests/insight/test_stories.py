"""Stories: for every question and competency, of the right length, not worn out, and not told there before."""

import pytest

from bragfolio.core.insight.interview import prepare_interview
from bragfolio.core.insight.stories import FINDINGS, look_at_stories
from bragfolio.core.insight.telling import spoken_words, tellings
from tests.insight.careers import career_of, deed

STAR = "star: {situation: Queues, task: Cut them, action: I moved the desk, result: They halved}"
STAR_WORDS = 9
RIGHT = "word " * 140


def story(*lines, body=RIGHT, title="A story"):
    return "\n".join(["---", f"title: {title}", *lines, "---", body, ""])


def look(files, as_of="2026-08-15"):
    return look_at_stories(career_of(files, as_of))


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("text", "words"), [
    ("", 0),
    ("   \n", 0),
    ("one", 1),
    ("Cut p99 -- by 63 %", 4),
    ("# A heading\n\n- item\n* item\n1. item", 5),
    ("see [the report](https://example.org/a b) now", 4),
    ("said <!-- not\nthis --> aloud", 2),
    ("said <!-- and nothing after", 1),
    ("two-thirds of it", 3),
    ("速い 方法", 2),
], ids=repr)  # fmt: skip
def test_only_what_is_said_counts_as_a_word(text, words):
    assert spoken_words(text) == words


@pytest.mark.parametrize(("words", "minutes", "verdict"), [
    (0, "0.00", "too short"), (139, "0.99", "too short"), (140, "1.00", "right"), (141, "1.01", "right"), (245, "1.75", "right"),
    (350, "2.50", "right"), (351, "2.51", "too long"), (700, "5.00", "too long"),
])  # fmt: skip
def test_one_to_two_and_a_half_minutes_are_right(words, minutes, verdict):
    found = look({"stories/a.md": story("competencies: []", body="word " * words)})
    row = found.tables[0].rows[0]
    assert [cell.text for cell in row[3:6]] == [str(words), minutes, verdict]
    assert ("story-length" in codes(found)) is (verdict != "right" and words > 0), (
        "what is not written yet is not too short"
    )


def test_the_body_is_what_is_said_and_star_where_there_is_none():
    files = {
        "stories/both.md": story(STAR, body="Only this is said."),
        "private/stories/parts.md": story(
            "star: {situation: Queues, task: Cut them, action: I moved the desk, result: They halved, reflection: Ask sooner}",
            body="",
        ),
    }
    assert [(one.id, one.words) for one in tellings(career_of(files))] == [("both", 4), ("parts", STAR_WORDS + 2)]


@pytest.mark.parametrize(("star", "counts"), [
    (STAR, True),
    (STAR.replace(", result: They halved", ""), False),
    (STAR.replace("Queues", '" "'), False),
    ("stars: 3", False),
], ids=["whole", "no result", "blank", "none"])  # fmt: skip
def test_an_achievement_with_a_complete_star_is_a_story_under_its_own_id(star, counts):
    told = tellings(career_of({"achievements/desk.md": deed("2026-07-01", star, "competencies: [care]")}))
    assert [(one.id, one.entry, one.words) for one in told] == (
        [("desk", "achievement/desk", STAR_WORDS)] if counts else []
    )


def test_an_achievement_that_a_story_tells_is_not_a_second_story():
    files = {
        "achievements/desk.md": deed("2026-07-01", STAR),
        "achievements/door.md": deed("2026-07-01", STAR),
        "achievements/same.md": deed("2026-07-01", STAR),
        "stories/a.md": story("achievements: [desk]"),
        "stories/same.md": story(),
        "stories/later.md": story("draft: true"),
    }
    assert [one.entry for one in tellings(career_of(files))] == ["story/a", "story/same", "achievement/door"]


def test_every_competency_has_two_stories_or_is_told():
    found = look({
        "private/promotion.yaml": "target: swe/staff\n",
        "private/ladders/swe.yaml": "id: swe\ncompetencies: [{id: td, name: Technical direction}, {id: hiring}]\n",
        "private/ladders/other.yaml": "id: other\ncompetencies: [{id: unrelated}]\n",
        "private/questions.yaml": "- {id: q, text: Why?, competencies: [Influence]}\n",
        "stories/a.md": story("competencies: [influence, td]"),
        "stories/b.md": story("competencies: [INFLUENCE, Technical-Direction]"),
        "achievements/c.md": deed("2026-07-01", STAR, "competencies: [debugging]"),
        "achievements/d.md": deed("2026-07-01", "competencies: [hiring]", "stars: 2"),
        "achievements/e.md": deed("2026-06-01", "competencies: [hiring, hiring]", "stars: 4", title="Hired two"),
    })  # fmt: skip
    assert [(one.name, one.stories, one.achievements) for one in found.competencies] == [
        ("Technical direction", ("a", "b"), ()),
        ("hiring", (), ("e", "d")),
        ("Influence", ("a", "b"), ()),
        ("debugging", ("c",), ()),
    ]
    thin = next(finding for finding in found.findings if finding.code == "competency-thin")
    assert thin.sentence == "2 competencies have fewer than two stories: hiring (0) and debugging (1)."
    assert thin.action == "tell “Hired two” as a story that shows hiring: write its `star:`"
    assert found.answer == "You have 3 stories for 1 of 1 question; 2 of 4 competencies have two or more."


@pytest.mark.parametrize(("count", "worn"), [(0, False), (1, False), (3, False), (4, True)])
def test_a_story_is_first_choice_for_three_questions_at_most(count, worn):
    names = [f"q{number}" for number in range(count)]
    files = {
        "stories/a.md": story(f"questions: [{', '.join(names * 2)}]"),
        "private/questions.yaml": "".join(f"- {{id: {name}, text: Why?}}\n" for name in names) or "[]\n",
    }
    assert ("story-overused" in codes(look(files))) is worn


def test_the_matrix_shows_first_choice_fit_and_none():
    found = look({
        "private/questions.yaml": (
            "- {id: conflict, text: A conflict?, competencies: [influence]}\n"
            "- {id: failure, text: A failure?, competencies: [owning-up]}\n"
            "- {id: pride, text: What are you proud of?}\n"
        ),
        "stories/a.md": story("competencies: [influence]", "questions: [conflict, pride]", title="A"),
        "stories/b.md": story("competencies: [influence]", title="B"),
    })  # fmt: skip
    (grid,) = found.charts
    assert grid.columns == ("A", "B")
    assert [(row.label, [square.text for square in row.squares]) for row in grid.rows] == [
        ("A conflict?", ["first", "fits"]), ("A failure?", ["none", "none"]), ("What are you proud of?", ["first", "–"]),
    ]  # fmt: skip
    assert [square.alarm for row in grid.rows for square in row.squares] == [False, False, True, True, False, False]
    assert grid.rows[0].squares[1].entries == ("story/b",)
    assert [[cell.text for cell in row] for row in grid.table.rows] == [
        ["A conflict?", "A", "B"], ["A failure?", "–", "–"], ["What are you proud of?", "A", "–"],
    ]  # fmt: skip
    unanswered = found.findings[0]
    assert (unanswered.code, unanswered.entries) == ("question-without-story", ("question/failure",))
    assert unanswered.sentence == "No story answers “A failure?”."


@pytest.mark.parametrize(("postings", "gain"), [
    ({}, 0.5), ({"p": "saved"}, 0.5), ({"p": "applied"}, 1.0), ({"p": "interview", "q": "applied"}, 2.0),
], ids=str)  # fmt: skip
def test_an_interview_makes_it_urgent(postings, gain):
    files = {f"private/postings/{name}.md": story(f"status: {status}") for name, status in postings.items()}
    found = look({**files, "private/questions.yaml": "- {id: q, text: Why?}\n"})
    assert [(finding.code, finding.gain) for finding in found.findings] == [("question-without-story", gain)]


def test_what_an_employer_has_heard_is_told_once():
    posting = "---\ntitle: SRE\nemployer: {0}\nstatus: {1}\n---\nAdvert.\n"
    files = {
        "private/postings/old.md": posting.format("Beta BV", "rejected"),
        "private/postings/new.md": posting.format("beta", "interview"),
        "private/postings/newer.md": posting.format("BETA B.V.", "applied"),
        "private/postings/gamma.md": posting.format("Gamma", "applied"),
        "stories/a.md": story("used: [{posting: old, date: 2026-01-02}]", title="A"),
        "stories/b.md": story("used: [{posting: gone}]", title="B"),
    }
    found = [finding for finding in look(files).findings if finding.code == "story-told-there"]
    assert [finding.sentence for finding in found] == ["beta has heard “A” already."]


def test_what_does_not_exist_is_named_with_a_guess():
    found = look({
        "private/questions.yaml": "- {id: conflict, text: Why?}\n",
        "achievements/desk.md": deed("2026-07-01"),
        "stories/a.md": story("questions: [conflicts]", "achievements: [desk, dusk]", "used: [{posting: nowhere}]"),
    })  # fmt: skip
    said = [(f.sentence, f.action, f.gain) for f in found.findings if f.code == "story-reference"]
    assert said == [
        ("“A story” names the question “conflicts”, which does not exist.", "write “conflict” in story/a", 0.0),
        ("“A story” names the achievement “dusk”, which does not exist.", "write “desk” in story/a", 0.0),
        ("“A story” names the posting “nowhere”, which does not exist.", "correct it in story/a", 0.0),
    ]


def test_nothing_is_said_while_there_is_nothing():
    assert look({"achievements/a.md": deed("2026-07-01", "competencies: [care]")}) is None


def test_every_finding_has_a_sentence_an_action_and_a_known_code():
    found = look({
        "private/questions.yaml": "- {id: q, text: 'Why \"$(x)`?', competencies: [a]}\n",
        "stories/a.md": story("questions: [w, x, y, z]", body="short"),
    })  # fmt: skip
    assert set(codes(found)) == {"question-without-story", "competency-thin", "story-length", "story-overused", "story-reference"}  # fmt: skip
    assert set(codes(found)) <= set(FINDINGS)
    assert all(finding.sentence.endswith(".") and finding.action for finding in found.findings)
    assert '`brag new story "Why   (x) ?"`' in found.findings[0].action


def test_the_day_and_the_order_of_the_files_change_nothing():
    files = {
        "private/questions.yaml": "- {id: q, text: Why?, competencies: [a]}\n",
        "stories/b.md": story("competencies: [a]"),
        "stories/a.md": story("competencies: [a, b]", body="short"),
    }
    found = look(files)
    assert look(dict(reversed(files.items()))) == found
    assert look(files, "2026-08-16") == found


# --- interview -------------------------------------------------------------------------------------------------------


INTERVIEW = {
    "private/questions.yaml": (
        "- {id: pride, text: Proud?}\n"
        "- {id: conflict, text: A conflict?, competencies: [influence]}\n"
        "- {id: failure, text: A failure?, competencies: [owning-up]}\n"
    ),
    "achievements/db.md": deed("2026-07-01", "skills: [PostgreSQL]"),
    "achievements/go.md": deed("2026-07-01", "skills: [Go]"),
    "private/postings/old.md": "---\ntitle: Old\nemployer: Beta BV\n---\n",
    "private/postings/new.md": (
        "---\ntitle: SRE\nemployer: Beta\nmust: [PostgreSQL]\nnice: [Go]\n---\nYou show Influence and calm.\n"
    ),
    "stories/a.md": story("competencies: [influence]", "achievements: [go]", title="A"),
    "stories/b.md": story("competencies: [influence]", "achievements: [db, go]", title="B"),
    "stories/c.md": story(
        "competencies: [influence]", "questions: [conflict, pride]", "achievements: [db]",
        "used: [{posting: old, date: 2026-01-02, round: first}, {posting: old, date: 2026-02-02}]", title="C",
    ),
}  # fmt: skip


def test_stories_that_prove_most_of_what_is_asked_come_first_and_those_told_there_last():
    career = career_of(INTERVIEW)
    posting = next(kept for kept in career.dossier.postings if kept.id == "new")
    found = prepare_interview(career, posting)
    assert [(one.telling.id, round(one.share, 2), one.proves, one.shows, len(one.told)) for one in found.stories] == [
        ("b", 1.0, ("PostgreSQL", "Go"), ("influence",), 0),
        ("a", 0.33, ("Go",), ("influence",), 0),
        ("c", 0.67, ("PostgreSQL",), ("influence",), 2),
    ]
    assert str(found.stories[2].told[0].date) == "2026-02-02"
    picks = [
        (p.question.id, p.is_named, p.story.telling.id if p.story else "", p.is_first, [x.telling.id for x in p.passed])
        for p in found.picks
    ]
    assert picks == [
        ("conflict", True, "b", False, ["c"]), ("pride", False, "", False, ["c"]), ("failure", False, "", False, []),
    ]  # fmt: skip


def test_elsewhere_the_first_choice_is_told():
    files = {**INTERVIEW, "private/postings/new.md": "---\ntitle: SRE\nemployer: Gamma\n---\n"}
    career = career_of(files)
    found = prepare_interview(career, next(kept for kept in career.dossier.postings if kept.id == "new"))
    assert [(p.question.id, p.story and p.story.telling.id, p.is_first) for p in found.picks] == [
        ("pride", "c", True), ("conflict", "c", True), ("failure", None, False),
    ]  # fmt: skip
