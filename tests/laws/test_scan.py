"""Scan: what is remembered and what is read by lines finds no less than reading everything as if for the first time."""

import hashlib

from hypothesis import example, given
from hypothesis import strategies as st

from bragfolio.core.scan.decode import texts_of
from bragfolio.core.scan.memory import Question, pack_memory, recall, unpack_memory
from bragfolio.core.scan.prints import numbers_of
from bragfolio.core.scan.protected import Hidden, Part, Protected, protect, spell_phrases
from bragfolio.core.scan.reader import Reader
from bragfolio.core.scan.search import find_leaks, tells

SECRET = ("amber", "birch", "cedar", "dune", "elm")
WORDS = st.sampled_from([*SECRET, "fern", "grove"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PIECES = st.one_of(
    WORDS, WORDS, st.sampled_from([" ", " ", " ", "\n", "\n", "\n\n", " </p>\n<p> ", "<b>", "</b>", "<i\nclass=x>", "<", ">", "-", "&amp;", "&#32;", "&#10;",
                            "%20", "\\20 ", "\\u0020", "\\20\n", "<!-- ", " -->", '<a title="', '" href="x">', "&#97;mber", "am<b>be</b>r", "a < b", "%61mber"]),
)  # fmt: skip
FILES = st.lists(st.tuples(st.sampled_from(["a.html", "b.xml", "c.txt", "d.json", "e.css", "amber-birch.svg"]), st.lists(PIECES, max_size=14).map("".join)), max_size=6)  # fmt: skip


def part(text, kind=str):
    """Return one text as a part of a portfolio."""
    return Part(hashlib.sha256(text.encode()).digest(), lambda: (kind(text),))


def hide(text):
    """Return *text* as something hidden, which names something when it is short."""
    return Hidden("", "a text", text, is_name=len(text.split()) < 3)


def told(protected, path, text):
    """Return what a file tells, read whole, without a memory."""
    return {(leak.words, leak.is_in_name) for leak in find_leaks(protected, path, texts_of(path, text.encode()))}


@given(FILES, st.lists(SENTENCES, min_size=1, max_size=4))
@example(
    [("a.html", "amber birch"), ("a.html", "cedar dune elm"), ("a.html", "amber birch\n\n\ncedar dune elm")],
    ["amber birch cedar dune elm"],
)
@example(
    [("a.html", "<a\n"), ("b.xml", "title='amber birch'>"), ("a.html", "<a\ntitle='amber birch'>")], ["amber birch"]
)
@example([("a.html", '<a title="amber birch">')] * 3, ["amber birch"])
@example([("a.html", "x\n%61mber"), ("a.html", "x\n%61mber\nbirch")], ["amber birch"])
@example([("a.html", "amber <"), ("a.html", "dune> birch"), ("a.html", "amber <\ndune> birch")], ["amber birch"])
@example([("a.html", "\\61\nmber")], ["amber"])
def test_files_read_by_lines_tell_what_they_tell_read_whole(files, secrets):
    protected, _, _ = protect([part(text, hide) for text in secrets], [])
    reader = Reader()
    for path, text in files:
        numbers = [numbers_of(path), *reader.read(path, text.encode())]
        expected = told(protected, path, text)
        assert tells(protected, numbers) == bool(expected), (path, text)
        if expected:
            reader.forget_latest()


def test_where_nothing_is_hidden_no_more_is_taken_apart_than_says_so():
    def fail():
        raise AssertionError("taken apart")

    allowed = [part("birch amber"), part("amber birch"), Part(b"3", fail)]
    protected, known, _ = protect([part("amber birch", hide)], allowed)
    assert protected.is_empty
    assert list(known.said) == [one.key for one in allowed[:2]]


STEPS = st.one_of(
    st.tuples(st.sampled_from(["hide", "show", "unhide", "unshow"]), SENTENCES),
    st.tuples(st.just("write"), st.integers(0, 3), SENTENCES),
    st.tuples(st.sampled_from(["remove", "damage", "forget"]), st.integers(0, 3)),
)


@given(st.lists(STEPS, max_size=14))
@example(
    [
        ("show", "amber birch cedar"),
        ("hide", "amber birch cedar"),
        ("write", 0, "amber birch cedar"),
        ("unshow", "amber birch cedar"),
    ]
)
@example([("write", 0, "amber birch cedar"), ("hide", "dune elm fern"), ("hide", "amber birch cedar")])
@example(
    [
        ("hide", "amber birch cedar"),
        ("write", 0, "dune elm"),
        ("unhide", "amber birch cedar"),
        ("write", 0, "amber birch cedar"),
        ("hide", "amber birch cedar"),
    ]
)
def test_a_scan_with_a_memory_finds_what_one_without_finds(steps):
    hidden, shown, files, kept = set(), set(), {}, b""
    for step in [*steps, ("again",)]:
        match step:
            case ("hide", text):
                hidden.add(text)
            case ("unhide", text):
                hidden.discard(text)
            case ("show", text):
                shown.add(text)
            case ("unshow", text):
                shown.discard(text)
            case ("write", number, text):
                files[f"{number}.txt"] = text
            case ("remove", number):
                files.pop(f"{number}.txt", None)
            case ("damage", number):
                kept = kept[: len(kept) * number // 4]
            case ("forget", _):
                kept = b""
        found, kept = scan(hidden, shown, files, kept)
        whole = read_at_once(hidden, shown)
        assert found == {(path, *leak) for path, text in files.items() for leak in told(whole, path, text)}


def read_at_once(hidden, shown):
    """Return what is protected, worked out by words and not by prints."""
    phrases = spell_phrases([hide(text) for text in sorted(hidden)], sorted(shown))
    return Protected({}, lambda: phrases)


def scan(hidden, shown, files, kept):
    """Return what *files* tell, read as a build reads them, and the memory of the build: the old one when something leaks."""
    question = Question([part(text, hide) for text in sorted(hidden)], [part(text) for text in sorted(shown)])
    before = unpack_memory(kept)
    (protected,), memory = recall(b"", [question], before)
    digests = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in files.items()}
    reader, found = Reader(), set()
    for path, text in files.items():
        if memory.clean.get(path) != digests[path] and tells(
            protected, [numbers_of(path), *reader.read(path, text.encode())]
        ):
            found |= {(path, *leak) for leak in told(protected, path, text)}
            reader.forget_latest()
    if found:
        return found, kept
    kept = pack_memory(type(memory)(memory.about, memory.known, digests))
    assert not any(word.encode() in kept for word in SECRET)
    return found, kept
