"""Exactly one page, whatever there is to say: a law, tried on random portfolios in Latin, Greek and Cyrillic."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bragfolio.app.one_pagers import Settings
from tests.paper.press import read, set_one_pager
from tests.paper.reading import Pdf, assert_one_sound_page
from tests.portfolios import SITE

HEIGHTS = {"a4": 841.89, "letter": 792.0}
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWZ",
    "aáàâäãåăąbcčćçdďđeéèêëěęfgğhiíìîïłmnňñoóòôöõøőprřsšśştťțuúùûüůűvwxyýzžźżßæœ",
    "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώΑΒΓΔΘΛΞΠΣΦΨΩ",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИКЛМНОПРСТФХЦЧШЭЮЯіїєґў",
)
MARKS = ("", "", "", ",", ".", ":", "-", "–", " & ", " # ", " $5 ", " * ", " @x ", "\\", "%", "’", "«»", " → ")


@st.composite
def texts(draw, least, most):
    """Draw a text of so many characters: words of one alphabet, with marks between them."""
    random = draw(st.randoms(use_true_random=False))
    letters = random.choice(ALPHABETS)
    length = random.randint(least, most)
    longest = random.choice((12, 12, 12, 60, 400))
    text = ""
    while len(text) < length:
        text += "".join(random.choices(letters, k=random.randint(1, longest))) + random.choice(MARKS) + " "
    return text[:length].strip() or "x"


@st.composite
def careers(draw):
    """Draw the files of a portfolio of 1 to 400 achievements, and how many paragraphs they have to say."""
    random = draw(st.randoms(use_true_random=False))
    number = draw(st.sampled_from([1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 120, 400]))
    longest = random.choice((8, 40, 90, 300))
    paragraphs = random.choice((0, 1, 2, 5))
    some = [draw(texts(1, longest)) for _ in range(min(number, 12))]
    prose = [draw(texts(20, 400)) for _ in range(4)]
    files = {"site.yaml": SITE + f"one_pager: {{fill_min: {random.choice((0.5, 0.8, 0.95))}}}\n"}
    for index in range(number):
        keys = {
            "title": some[index % len(some)],
            "date": f"{random.randint(2012, 2026)}-0{random.randint(1, 8)}",
            "visibility": "public",
        }
        keys |= random.choice(({}, {"summary": random.choice(prose)}, {"impact": random.choice(prose)}))
        keys |= random.choice(({}, {"short": draw(texts(5, 89))[:89]} if index < 12 else {}))
        keys |= random.choice(
            ({}, {"metrics": [{"name": "waiting", "before": 38, "after": 9, "unit": "min", "better": "lower"}]})
        )
        keys |= random.choice(({}, {"role": "acme"}, {"role": "beta"}))
        keys |= {"stars": random.randint(1, 5)}
        signs = ("", "", "- ", "1. ", "- - ")
        body = "\n\n".join(random.choice(signs) + _inert(random.choice(prose)) for _ in range(paragraphs))
        files[f"achievements/d{index}.md"] = entry(keys, body)
    for id_, name in (("acme", some[0]), ("beta", "Beta-Werke Köln")):
        positions = [{"title": "Head", "start": "2020-01", "end": "present"}, {"title": "Hand", "start": "2015"}]
        files[f"roles/{id_}.md"] = entry(
            {"employer": name, "visibility": "public", "positions": positions[: random.randint(1, 2)]}, ""
        )
    return files, number * (1 + paragraphs)


def entry(keys, body):
    """Return a file: JSON is YAML."""
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
    return f"---\n{lines}---\n{body}\n"


def _inert(text):
    """Return *text* with what Markdown would read escaped."""
    return "".join(f"\\{letter}" if letter in "\\*_#`[]<>-+.!&" else letter for letter in text)


@pytest.mark.parametrize("design", ["impact", "classic", "brief"])
@settings(max_examples=settings().max_examples // 2)  # each is set several times
@given(career=careers(), paper=st.sampled_from(["a4", "letter"]))
def test_every_portfolio_fits_on_exactly_one_page(press, design, career, paper):
    files, parts = career
    found = read(files)
    fill_min = found.portfolio.config.one_pager.fill_min
    result = set_one_pager(found, press, Settings(design, paper, fill_min))
    assert result.failure is None
    one = result.one_pager
    assert one is not None
    assert one.pdf is not None
    assert result.fitted is not None
    pdf = Pdf(one.pdf)
    assert_one_sound_page(pdf, HEIGHTS[paper], one.step.margin)
    assert result.fitted.fill <= 1
    blocks, levels = result.draft.blocks, result.fitted.levels
    if any(level for level in levels):  # something was cut, so there was enough to say
        assert result.fitted.fill >= min(fill_min, 0.8), [
            b.sizes[x].name if x < b.dropped else "" for b, x in zip(blocks, levels, strict=True)
        ]
    else:
        assert result.fitted.fill >= 0.8 or parts < 60
