"""Slugs: short, plain, and the same every time."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify as transliterate

from bragfolio.model.scalars import MAX_SLUG, RESERVED_NAME, SlugText
from bragfolio.model.slugs import slugify

TEXTS = st.text(max_size=200) | st.sampled_from(
    ["C", "C#", "C++", ".NET", "con", "AUX", "🎉", "שלום", "é" * 200, "a" * 81, "-", "%2e", "&amp;"]
)


@given(TEXTS)
@example("")
@example("\ud800")
def test_a_slug_is_plain_ascii_of_at_most_80_characters(text):
    slug = slugify(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= MAX_SLUG
    assert not RESERVED_NAME.fullmatch(slug)
    assert SlugText.parse(slug) == slug


@given(TEXTS)
def test_a_slug_of_a_slug_is_itself(text):
    assert slugify(slugify(text)) == slugify(text)


@given(TEXTS)
def test_a_slug_depends_on_nothing_but_the_text(text):
    first = slugify(text)
    slugify.cache_clear()
    assert slugify(text) == first


@given(st.text(max_size=60))
@example("é" * 100)
def test_composed_and_decomposed_text_have_one_slug(text):
    assert slugify(unicodedata.normalize("NFC", text)) == slugify(unicodedata.normalize("NFD", text))


@given(
    st.text(st.sampled_from("abc -_"), min_size=100, max_size=200),
    st.text(st.sampled_from("abc -_"), min_size=100, max_size=200),
)
def test_long_texts_that_differ_behind_the_cut_have_slugs_of_their_own(one, other):
    if one != other and len(slugify(one)) == len(slugify(other)) == MAX_SLUG:
        assert slugify(one) != slugify(other)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("C", "c"), ("C#", "c-sharp"), ("C++", "c-plus-plus"), (".NET", "dot-net"), ("Node.js", "node-js"), ("F#", "f-sharp"), ("R&D", "r-d")],
)  # fmt: skip
def test_signs_that_tell_names_apart_are_spelt_out(text, slug):
    assert slugify(text) == slug


@given(st.text("aZ09 -", max_size=60).filter(lambda text: re.search(r"[a-zA-Z0-9]", text)))
def test_names_in_plain_words_get_the_slug_that_the_library_gives_them(text):
    assert slugify(text) in {transliterate(text), f"x-{transliterate(text)}"}
