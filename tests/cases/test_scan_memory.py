"""Memory of the scan: builds after the first read only what is new, and find no less for it."""

import hashlib
import re
import shutil
import stat

import pytest
from msgspec import structs

from bragfolio.core.scan.memory import pack_memory, unpack_memory
from bragfolio.core.scan.words import words_of
from bragfolio.edge.cache import keep, read_kept
from tests.portfolios import SITE, achievement, assert_built
from tests.program import build as build_in_process
from tests.program import must

SAID = "Deal with Zeus Holdings"
HIDDEN = f"---\ntitle: {SAID}\ndate: 2026-07-01\n---\nWe sat in their office until midnight.\n"
NOTE = "site_content/static/note.txt"


@pytest.fixture
def built(portfolio):
    """A portfolio with something hidden, built once without a leak."""
    portfolio.entry(HIDDEN, "private/achievements/zeus.md").entry(achievement(body="A public story.\n"))
    portfolio.write({NOTE: "A harmless note."})
    assert_built(build(portfolio))
    return portfolio


def build(portfolio, *words):
    return portfolio.build("--no-pdf", *words)


def folder_of(portfolio):
    return portfolio.root / ".brag/cache/scan"


def leaky_files(outcome):
    """Return the files that a build named; it found leaks and nothing else."""
    assert outcome.code == 1, outcome.text
    assert {code for _, code in outcome.errors} == {"leak"}, outcome.text
    return {place for place, _ in outcome.errors}


def let_build(portfolio):
    """Forget that nothing changed, so that the next build looks at everything."""
    shutil.rmtree(portfolio.root / ".brag/cache/builds")


def remembered(portfolio):
    """Return what is remembered for the public."""
    memory = unpack_memory(read_kept(folder_of(portfolio), "public") or b"")
    assert memory is not None
    return memory


def forge(portfolio, **changes):
    """Change what is remembered for the public; the next build looks at it."""
    let_build(portfolio)
    keep(folder_of(portfolio), "public", pack_memory(structs.replace(remembered(portfolio), **changes)))


def test_what_was_found_clean_is_not_read_again(built):
    said = {"note.txt": hashlib.sha256(SAID.encode()).hexdigest()[:32]}
    forge(built, clean=said)
    built.write({NOTE: SAID})
    assert_built(build(built))  # it was told that this was clean: so the other tests here are about what is remembered
    forge(built, clean=said, about=b"another version")
    assert leaky_files(build(built)) == {"note.txt"}


def test_another_process_understands_what_was_remembered(built):
    forge(built, clean={"note.txt": hashlib.sha256(SAID.encode()).hexdigest()[:32]})
    built.write({NOTE: SAID})
    must(build_in_process(built.root, "--no-pdf", env={"PYTHONHASHSEED": "7"}))
    (folder_of(built) / "public").unlink()
    let_build(built)
    assert build_in_process(built.root, "--no-pdf", env={"PYTHONHASHSEED": "7"}).codes == ["leak"]


def test_a_changed_file_is_read(built):
    built.write({NOTE: "in their office until midnight"})
    assert leaky_files(build(built)) == {"note.txt"}
    assert leaky_files(build(built)) == {"note.txt"}, "what leaked was remembered as clean"
    built.write({NOTE: "A harmless note."})
    assert_built(build(built))


def test_a_changed_entry_is_read(built):
    built.entry(achievement(body="A public story, unlike the deal with Zeus Holdings.\n"))
    assert_built(build(built))  # its author says it in public
    built.entry(achievement(body="A public story.\n"))
    built.write({"site_content/static/page.html": f"<p>{SAID}</p>"})
    assert leaky_files(build(built)) == {"page.html"}


def test_an_unchanged_file_leaks_when_what_it_says_is_hidden(portfolio):
    portfolio.entry(HIDDEN.replace("Zeus", "Hera"), "private/achievements/hera.md")
    portfolio.entry(HIDDEN.replace("date:", "visibility: public\ndate:"), "achievements/zeus.md")
    portfolio.write({NOTE: f"They wrote of the {SAID}."})
    assert_built(build(portfolio))
    portfolio.entry(HIDDEN, "achievements/zeus.md")
    assert leaky_files(build(portfolio)) == {"note.txt"}


def test_an_unchanged_file_leaks_when_something_new_is_hidden(built):
    built.write({NOTE: "They sold the greenhouse to Petra."})
    assert_built(build(built))
    built.entry("- {id: p, title: They sold the greenhouse}\n", "private/goals.yaml")
    assert leaky_files(build(built)) == {"note.txt"}


def test_an_unchanged_file_leaks_when_the_text_that_allowed_it_goes(built):
    built.entry(achievement(body=f"I closed the {SAID}.\n"))
    built.write({NOTE: f"They wrote of the {SAID}."})
    assert_built(build(built))
    built.entry(achievement(body="I closed it.\n"))
    assert leaky_files(build(built)) == {"note.txt"}


def test_an_unchanged_file_leaks_when_it_is_no_longer_allowed(built):
    built.write({NOTE: SAID})
    built.write(
        {"site_content/site.yaml": SITE + f"scan: {{allow: [{{text: {SAID}, why: it was in the newspaper}}]}}\n"}
    )
    assert_built(build(built))
    built.write({"site_content/site.yaml": SITE})
    assert leaky_files(build(built)) == {"note.txt"}


def test_a_page_leaks_when_its_campaign_is_no_longer_one(portfolio):
    campaign = "---\ntitle: For the few who know\naudience: public\nunlisted: {}\n---\n[[quiet]]\n"
    for name in ("quiet", "loud"):
        portfolio.entry(campaign.format("true").replace("few", f"{name} few"), f"campaigns/{name}.md")
    portfolio.entry("---\ntitle: Open\naudience: public\n---\n", "campaigns/open.md")
    assert_built(build(portfolio))
    portfolio.entry(campaign.format("false").replace("few", "loud few"), "campaigns/loud.md")
    assert "campaigns/loud.html" in leaky_files(build(portfolio))


def test_a_damaged_memory_is_none(built):
    folder, file = folder_of(built), folder_of(built) / "public"
    kept, memory = file.read_bytes(), remembered(built)
    for damaged in (
        b"",
        kept[:20],
        kept[:-1],
        kept + b"x",
        kept[:-9] + bytes([kept[-9] ^ 1]) + kept[-8:],
        b"not a memory",
    ):
        file.write_bytes(damaged)
        assert read_kept(folder, "public") is None
    for packed in (b"", b"\x93\x01", b"\xc1", kept, pack_memory(structs.replace(memory, about="text"))):
        assert unpack_memory(packed) is None
    odd = structs.replace(memory.known[0], prints={5: b"seven b"})
    assert unpack_memory(pack_memory(structs.replace(memory, known=(odd,)))) is None


@pytest.mark.parametrize("damaged", [b"not a memory", hashlib.sha256(b"\x93\x01").digest() + b"\x93\x01"])
def test_a_damaged_memory_changes_nothing(built, damaged):
    file = folder_of(built) / "public"
    before = built.built()
    file.write_bytes(damaged)
    let_build(built)
    assert_built(build(built))
    assert built.built() == before
    assert file.read_bytes() != damaged, "it was not mended"
    file.write_bytes(damaged)
    built.write({NOTE: SAID})
    assert leaky_files(build(built)) == {"note.txt"}


def test_the_memory_of_another_audience_is_not_believed(built):
    built.entry(HIDDEN.replace("date:", "visibility: market\ndate:"), "private/achievements/zeus.md")
    built.entry(HIDDEN.replace("Zeus", "Hera"), "private/achievements/hera.md")
    built.write({NOTE: SAID})
    assert_built(build(built, "--audience", "market"))
    (folder_of(built) / "market").replace(folder_of(built) / "public")
    assert leaky_files(build(built)) == {"note.txt"}


def test_a_folder_where_the_memory_should_be_is_no_mistake(built):
    (folder_of(built) / "public").unlink()
    (folder_of(built) / "public").mkdir()
    assert_built(build(built))
    built.write({NOTE: SAID})
    assert leaky_files(build(built)) == {"note.txt"}


def test_the_memory_holds_no_word_and_is_its_owners_alone(built):
    (kept,) = folder_of(built).iterdir()
    assert stat.S_IMODE(folder_of(built).stat().st_mode) == 0o700
    for word in (b"zeus", b"Zeus", b"deal", b"office", b"midnight"):
        assert word not in kept.read_bytes()


def test_half_a_letter_in_a_hidden_text_is_no_crash(built):
    built.entry('- {id: petra, name: "Petra \\ud800 Vandersmissen"}\n', "private/people.yaml")
    assert_built(build(built))


def test_a_word_of_the_theme_is_named_for_a_few_pages_only(built):
    for number in range(9):
        built.entry(achievement(), f"achievements/n{number}.md")
    layout = '{% extends "base/layout.html" %}{% block foot %}' + SAID + "{% endblock %}"
    built.write({"themes/ledger/templates/layout.html": layout})
    assert len(leaky_files(build(built))) == 3


def test_the_words_of_ascii_are_those_of_any_text():
    assert words_of("Deal_with ZEUS-4711, it's\x1f\x0cok\n") == ["deal", "with", "zeus", "4711", "it", "s", "ok"]
    for code in range(128):
        text = f"Ab{chr(code)}1"
        assert words_of(text) == re.findall(r"[^\W_]+", text.casefold()) == words_of(f"{text} é")[:-1]
