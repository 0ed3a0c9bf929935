"""Headings: the ids of a page's headings, and the list of its main ones."""

import pytest
from markupsafe import Markup

from bragfolio.core.render.headings import name_headings

THREE = "<h2>Why</h2>\n<p>x</p>\n<h3>Why</h3>\n<h2>Wie groß?</h2>\n<h2>Why</h2>"


@pytest.mark.parametrize(("body", "ids"), [
    pytest.param(THREE, ["why", "why-2", "wie-gross", "why-3"], id="the same words twice"),
    pytest.param('<h2><code>brag pdf</code> &amp; <a href="x">more</a></h2>', ["brag-pdf-more"], id="markup in a heading"),
    pytest.param("<h2>Main</h2>", ["main-2"], id="an id that the layout has"),
    pytest.param("<h2>A 2</h2><h2>A</h2><h2>A</h2>", ["a-2", "a", "a-3"], id="a number that is taken"),
    pytest.param("<p>&lt;h2&gt;No&lt;/h2&gt;</p>", [], id="a heading that is shown as text is left alone"),
])  # fmt: skip
def test_every_heading_has_an_id_of_its_own(body, ids):
    named, _ = name_headings(Markup(body))
    assert [part.partition('"')[0] for part in named.split(' id="')[1:]] == ids
    assert Markup(named).striptags() == Markup(body).striptags()


def test_a_page_with_three_main_headings_has_a_list_of_them():
    _, headings = name_headings(Markup(THREE))
    assert [(heading.text, heading.anchor) for heading in headings] == [
        ("Why", "why"), ("Wie groß?", "wie-gross"), ("Why", "why-3"),
    ]  # fmt: skip


def test_a_short_page_has_none():
    assert name_headings(Markup("<h2>One</h2><h2>Two</h2><h3>Three</h3>"))[1] == ()
