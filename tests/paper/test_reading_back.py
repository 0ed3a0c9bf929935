"""Reading back: every fragment of every page comes out whole and in order, and the rules for PDFs hold."""

import datetime as dt
import socket

import pytest

from bragfolio.app.one_pagers import Settings, open_press
from bragfolio.app.prepare import read as read_folder
from tests.paper.press import read, set_one_pager, theme_of
from tests.paper.reading import Pdf, assert_one_sound_page, fragments_of, missing_fragments
from tests.paper.test_one_page import HEIGHTS, entry
from tests.portfolios import SITE
from tests.web.pages import AS_OF as DEMO_DAY

DESIGNS = ("impact", "classic", "brief")
DEMO = [("", "public"), ("regional-lead", "public"), ("programme-committee", "public"), ("chief-2027", "leadership")]


@pytest.fixture(scope="module")
def demo(repository):
    return read_folder(repository, dt.date.fromisoformat(DEMO_DAY))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("whose", DEMO, ids=[name or "resume" for name, _ in DEMO])
def test_the_example_is_read_back_whole(demo, press, whose, design, paper):
    result = set_one_pager(demo, press, Settings(design, paper, 0.8), *whose)
    one = result.one_pager
    assert one is not None
    assert one.pdf is not None
    pdf = Pdf(one.pdf)
    assert_one_sound_page(pdf, HEIGHTS[paper], one.step.margin)
    assert len(fragments_of(one.sheet)) > 20
    assert missing_fragments(pdf, one.sheet) == []
    assert pdf.failed_rules == []
    assert result.fitted is not None
    assert 0.8 <= result.fitted.fill <= 1


@pytest.fixture(scope="module")
def folio(tmp_path_factory):
    """The press of the theme with designs and fonts of its own."""
    root = tmp_path_factory.mktemp("folio")
    opened = open_press(root, theme_of(read({"site.yaml": f"{SITE}theme: folio\n"}), root))
    assert opened is not None
    return opened


@pytest.mark.parametrize(("whose", "design", "paper"), [
    (("", "public"), "classic", "a4"),
    (("regional-lead", "public"), "impact", "letter"),
    (("chief-2027", "leadership"), "brief", "letter"),
    (("chief-2027", "leadership"), "classic", "letter"),
])  # fmt: skip
def test_the_example_in_folio_is_read_back_whole(demo, folio, whose, design, paper):
    result = set_one_pager(demo, folio, Settings(design, paper, 0.8), *whose)
    one = result.one_pager
    assert one is not None
    assert one.pdf is not None
    pdf = Pdf(one.pdf)
    assert_one_sound_page(pdf, HEIGHTS[paper], one.step.margin)
    assert missing_fragments(pdf, one.sheet) == []
    assert pdf.failed_rules == []
    assert any("Literata" in letter.fontname for letter in pdf.letters)
    assert result.fitted is not None
    assert 0.8 <= result.fitted.fill <= 1


@pytest.mark.parametrize("design", DESIGNS)
def test_hard_letters_are_read_back_whole_in_folio(folio, design):
    assert_hard_letters(folio, design)


LISTS = """We say only:

- what changed
- what worries us

Nobody forgets the infusion pumps any more.

1. The day tells the night

   - who is worse
   - who is new

   and what is missing
2. The night tells the day

They do.
"""


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("theme", ["press", "folio"])
def test_a_paragraph_stands_below_the_list_before_it(request, theme, design):
    keys = {"title": "Pumps", "date": "2026-07", "visibility": "public"}
    files = {"site.yaml": SITE, "achievements/pumps.md": entry(keys, LISTS)}
    one = set_one_pager(read(files), request.getfixturevalue(theme), Settings(design, "a4", 0.8)).one_pager
    assert one is not None
    assert one.pdf is not None
    assert missing_fragments(Pdf(one.pdf), one.sheet) == []
    assert_one_sound_page(Pdf(one.pdf), HEIGHTS["a4"], one.step.margin)


HARD = (
    "Cut on-call pages by two-thirds, end-to-end, with a well-known follow-up",
    "Efficient offline waffle affidavits: fi fl ffi ffl, and −72 % → +18 points",
    "Zoë Ångström-Flores, Łódź, Đorđe, Ștefan, Ğ, ß, œuvre",
    "Ηλεκτρονική συνταγογράφηση στο νοσοκομείο, 38 → 9 λεπτά",
    "Сократили время ожидания на 72 %, п’ять відділень",
    "1,000,000 €, £5, $7, 2½ × 3 ≥ 7 ± 1; 5 °C; 10 µg; A/B; and/or",
    "C++, C#, .NET, Go, R, F#, Node.js, ISO/IEC 27001:2022",
)


@pytest.mark.parametrize("design", DESIGNS)
def test_hard_letters_are_read_back_whole(press, design):
    assert_hard_letters(press, design)


def assert_hard_letters(press, design):
    files = {"site.yaml": SITE}
    for index, title in enumerate(HARD):
        keys = {
            "title": title,
            "date": f"2026-0{index + 1}",
            "visibility": "public",
            "skills": [title],
            "impact": f"So: {title}.",
        }
        files[f"achievements/d{index}.md"] = entry(keys, f"Well. {title}.\n\n- {title}\n")
    one = set_one_pager(read(files), press, Settings(design, "a4", 0.8)).one_pager
    assert one is not None
    assert one.pdf is not None
    assert missing_fragments(Pdf(one.pdf), one.sheet) == []
    assert Pdf(one.pdf).failed_rules == []


def test_a_fragment_that_is_not_there_would_be_noticed(demo, press):
    one = set_one_pager(demo, press, Settings("classic", "a4", 0.8)).one_pager
    other = set_one_pager(demo, press, Settings("brief", "a4", 0.8)).one_pager
    assert one is not None
    assert other is not None
    assert one.pdf is not None
    assert missing_fragments(Pdf(one.pdf), other.sheet)
    without_tags = one.pdf.replace(b"/StructTreeRoot", b"/StructTreeRoom")
    assert Pdf(without_tags).failed_rules


def test_q04_q05_metadata_tags_and_language(demo, press):
    one = set_one_pager(demo, press, Settings("impact", "a4", 0.8), "regional-lead").one_pager
    assert one is not None
    assert one.pdf is not None
    pdf = Pdf(one.pdf)
    info = pdf.info
    assert info["Title"] == "Orla Tarrant – Medication safety lead for the region"
    assert info["Author"] == "Orla Tarrant"
    assert info["CreationDate"] == "D:20261113000000Z"  # the newest achievement on it
    assert info["Keywords"].startswith("Medication safety")
    catalog = pdf.catalog
    assert catalog["/Lang"] == "en"
    assert bool(catalog["/MarkInfo"]["/Marked"])
    assert bool(catalog["/ViewerPreferences"]["/DisplayDocTitle"])
    said = (str(info) + pdf.xmp).casefold()
    for word in ("/root", "/home", "/tmp", "mozilla", socket.gethostname().casefold()):
        assert word not in said
