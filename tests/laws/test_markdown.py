"""Markdown: whatever is written, a page gets harmless elements, plain addresses and well-formed XML."""

import re
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree, html

from bragfolio.core.read.markdown import MAX_BODY, fill, parse_markdown
from bragfolio.core.read.text import decode_text
from bragfolio.problems import CODES

ELEMENTS = {
    "p": set(), "br": set(), "hr": set(), "em": set(), "strong": set(), "s": set(), "code": {"class"}, "pre": set(),
    "blockquote": set(), "ul": set(), "ol": {"start"}, "li": set(), "h2": set(), "h3": set(), "h4": set(), "h5": set(), "h6": set(),
    "a": {"href", "title", "rel"}, "div": {"class", "role", "tabindex"}, "table": set(), "thead": set(), "tbody": set(), "tr": set(),
    "th": {"style"}, "td": {"style"},
}  # fmt: skip
SNIPPETS = st.sampled_from([
    "<script>alert(1)</script>", "<b onclick=x>", "</p>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "&#12;", "&#0;", "&lt;", "&quot;", "[[x]]",
    "[[x|y]]", "[a](javascript:x)", "[a](", "![a](b.png)", "![](", "<javascript:x>", "<https://example.org>", "[a]: data:text/html,x\n", "[a]",
    "`", "```", "~~~ a b\n", "    ", "- ", "1. ", "> ", "| a | b |\n| - | :-: |\n| c | d |\n", "# ", "**", "_", "~~", "\\", "\n", "\n\n", "\t", '"', "'",
    "<", ">", "&", '[a](https://example.org "t")', "[a](<b c> 't')", "\u202e", "\u2028", "\x02", "0\x03", "\x020\x03", "&#2;0&#3;",
])  # fmt: skip
BODIES = st.lists(SNIPPETS | st.text(max_size=8), max_size=25).map("".join)


@given(BODIES)
@example("&#12;")
@example("[[a]] \x020\x03")
def test_a_body_becomes_harmless_html_or_is_refused(body):
    text, problems = decode_text("x.md", body.encode("utf-8", "ignore"))
    assert all(problem.code in CODES and problem.hint for problem in problems)
    if any(problem.is_error for problem in problems):
        return
    prose, found = parse_markdown(text, "x.md", 1)
    lines = text.count("\n") + 1
    for problem in found:
        assert problem.code in CODES
        assert problem.hint
        assert 1 <= problem.span.line <= lines
        assert problem.span.column >= 1
    filled = fill(prose.html, lambda number, is_closing: "" if is_closing else escape(prose.uses[number].text))
    assert "\x02" not in filled
    tree = etree.fromstring(f"<body>{filled.replace('<br>', '<br/>')}</body>")  # a feed holds it as XHTML would
    for form in (tree, html.document_fromstring(f"<body>{filled}</body>")):
        for element in form.iter():
            if element.tag in {"body", "html", "head"}:
                continue
            assert element.tag in ELEMENTS, filled
            assert set(element.attrib) <= ELEMENTS[element.tag], filled
            href = re.sub(r"[\x00-\x20]", "", element.get("href", "")).lower()
            assert re.match(r"(https?:|mailto:|tel:|#|$)", href), filled
            assert re.fullmatch(r"(text-align:(left|right|center);?)?", element.get("style", ""))


@given(BODIES)
def test_the_same_body_gives_the_same_html(body):
    assert parse_markdown(body, "x.md", 1) == parse_markdown(body, "x.md", 1)


def test_a_body_of_a_million_characters_is_the_largest():
    _, problems = parse_markdown("a" * (MAX_BODY + 1), "x.md", 7)
    assert [(problem.code, problem.span.line) for problem in problems] == [("file-size", 7)]


WORDS = {
    "each-once": ("Errors fell. Errors rose.", "errors fell rose"),
    "marks": ("Saved 612,000 – “really”, don’t ask", "000 612 ask don really saved t"),
    "signs": ("C++ and C# beat .NET", "and beat c# c++ net"),
    "letters": ("Über *Łódź*", "über łódź"),
    "within-a-word": ("un**believ**able, snake_case", "case snake unbelievable"),
    "addresses-are-not-said": ("[link](https://example.org/address)", "link"),
    "entities": ("fish &amp; chips &lt;b&gt;", "b chips fish"),
    "gaps": ("See [[target]] and ![drawing](a.png)", "and see"),
    "comments": ("<!-- a secret -->\n\nA text", "a text"),
    "blocks": ("## Head\n- one\n- two\n\n| a | b |\n| - | - |\n| c | d |", "a b c d head one two"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("body", "words"), WORDS.values(), ids=WORDS)
def test_a_body_knows_its_words(body, words):
    prose, _ = parse_markdown(body, "x.md", 1)
    assert prose.words == words
