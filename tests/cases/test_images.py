"""Pictures: nothing that a camera or a program wrote is published (L10, R14, T13), none stays behind (L12), none is too wide."""

import hashlib
import io
import re
import stat
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageOps

from bragfolio.core.read.pictures.clean import clean, container_of
from bragfolio.core.read.pictures.cut import BrokenPicture
from tests.portfolios import Portfolio, achievement, assert_built, assert_refused
from tests.program import IS_PROOF

# Pillow's opinion of what telephones append to a JPEG, as the tests make it up.
pytestmark = pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")

CANARY = b"CANARY-of-47.3769N-8.5417E"
TEXT = CANARY.decode()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><photoshop:City>' + CANARY + b"</photoshop:City></x:xmpmeta>"
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
CORNERS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}


def draw(width=48, height=32, mode="RGB"):
    """Four corners in four colours, so that every turn of it is another picture."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for number, colour in enumerate(CORNERS):
        x, y = number % 2 * width // 2, number // 2 * height // 2
        pen.rectangle((x, y, x + width // 2 - 1, y + height // 2 - 1), fill=colour)
    return image.convert(mode)


def save(image, container, **settings):
    written = io.BytesIO()
    image.save(written, container, **settings)
    return written.getvalue()


def exif(orientation=None):
    block = Image.Exif()
    block[0x010F] = TEXT  # maker
    block[0x013B] = TEXT  # artist
    if orientation:
        block[0x0112] = orientation
    block.get_ifd(0x8769)[0xA431] = TEXT  # serial number
    block.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 36.84), 3: "E", 4: (8.0, 32.0, 30.12), 0x1D: TEXT})
    return block.tobytes()


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(image=None, orientation=None, **settings):
    """A JPEG with everything that cameras, telephones and programs put into one."""
    data = save(image or draw(), "jpeg", quality=90, **settings)
    thumbnail = save(draw(16, 16), "jpeg", comment=CANARY)
    bureaucracy = (
        b"8BIM\x04\x04\0\0"
        + struct.pack(">I", 5 + len(CANARY))
        + b"\x1c\x02\x50"
        + struct.pack(">H", len(CANARY))
        + CANARY
    )
    more = [
        segment(0xE1, exif(orientation) + thumbnail),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + XMP),
        segment(0xED, b"Photoshop 3.0\0" + bureaucracy),
        segment(0xE0, b"JFXX\0\x10" + thumbnail),
        segment(0xE2, b"MPF\0" + CANARY),
        segment(0xEB, b"JP" + CANARY),
        segment(0xFE, CANARY),
    ]
    end = data.index(b"\xff\xda")
    return data[:2] + b"".join(more) + data[2:end] + segment(0xFE, CANARY) + data[end:] + jpeg_with_comment() + CANARY


def jpeg_with_comment():
    return save(draw(), "jpeg", comment=CANARY)


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(image=None, orientation=None, **settings):
    """A PNG with every chunk that tells of it, some behind its data, and what editors forget behind its end."""
    data = save(image or draw(), "png", **settings)
    block = exif(orientation).removeprefix(b"Exif\0\0")
    before = [
        chunk(b"eXIf", block),
        chunk(b"tEXt", b"Author\0" + CANARY),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(CANARY)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        chunk(b"iTXt", b"Title\0\x01\0\0\0" + zlib.compress(CANARY)),
        chunk(b"tIME", b"\x07\xea\x07\x14\x0a\x0b\x0c"),
        chunk(b"sPLT", CANARY + b"\0\x08" + bytes(6)),
        chunk(b"prVW", CANARY),
    ]
    data = data[:33] + b"".join(before) + data[33:]
    return data[:-12] + chunk(b"tEXt", b"Comment\0" + CANARY) + data[-12:] + save(draw(), "png") + CANARY


def extension(label, *blocks):
    return b"!" + bytes([label]) + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


def gif(**settings):
    """A GIF with comments, a text, XMP (whose last bytes let readers of blocks out) and data of an application."""
    data = save(draw(mode="P"), "gif", **settings)
    magic = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    more = [
        extension(0xFE, CANARY),
        b"!\xff\x0bXMP DataXMP" + XMP + magic,
        extension(0xFF, b"ICCRGBG1012", CANARY),
        extension(0xFF, b"NETSCAPE2.0", b"\x01\x03\x00", CANARY),
        extension(0x01, bytes(12), CANARY),
    ]
    start = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    return data[:start] + b"".join(more) + data[start:-1] + extension(0xFE, CANARY) + b";" + CANARY


def webp(image=None, orientation=None, **settings):
    """A WebP with EXIF, XMP, an unknown chunk, and something behind its end."""
    settings = {"icc_profile": ICC, **settings}
    data = save(image or draw(), "webp", exif=exif(orientation), xmp=XMP, **settings)
    unknown = b"CANA" + struct.pack("<I", len(CANARY)) + CANARY
    frame = data.find(b"ANMF")
    if frame > 0:  # a frame has chunks of its own
        (length,) = struct.unpack_from("<I", data, frame + 4)
        end = frame + 8 + length
        data = (
            data[: frame + 4] + struct.pack("<I", length + len(unknown)) + data[frame + 8 : end] + unknown + data[end:]
        )
    return b"RIFF" + struct.pack("<I", len(data) - 8 + len(unknown)) + data[8:] + unknown + CANARY


def moving():
    return {"save_all": True, "append_images": [draw().rotate(90), draw().rotate(180)], "duration": 80, "loop": 3}


def avif(orientation=None):
    return save(draw(), "avif", quality=100, exif=exif(orientation), xmp=XMP, icc_profile=ICC)


def tiff():
    return save(
        draw(),
        "tiff",
        tiffinfo={270: TEXT, 305: TEXT, 315: TEXT, 33432: TEXT, 700: XMP, 34377: CANARY},
        icc_profile=ICC,
    )


def bmp():
    """A BMP with a gap before its pixels, and something behind them."""
    data = save(draw(), "bmp")
    start = 54 + len(CANARY)
    return data[:10] + struct.pack("<I", start) + data[14:54] + CANARY + data[54:] + CANARY


def ico():
    """An icon of a PNG, with a gap before it."""
    picture = png(draw(32, 32))
    head = struct.pack("<HHHBBBBHHII", 0, 1, 1, 32, 32, 0, 0, 1, 32, len(picture), 22 + len(CANARY))
    return head + CANARY + picture + CANARY


LOSSLESS = {
    "jpeg.jpg": jpeg(),
    "progressive.jpg": jpeg(progressive=True),
    "profile.jpeg": jpeg(icc_profile=ICC),
    "cmyk.jpg": jpeg(draw(mode="CMYK")),
    "grey.jpg": jpeg(draw(mode="L")),
    "png.png": png(),
    "profile.png": png(icc_profile=ICC),
    "palette.png": png(draw(mode="P"), transparency=0),
    "apng.png": png(**moving()),
    "gif.gif": gif(),
    "moving.gif": gif(**moving()),
    "lossy.webp": webp(),
    "lossless.webp": webp(lossless=True),
    "alpha.webp": webp(draw(mode="RGBA")),
    "moving.webp": webp(**moving()),
    "icon.ico": ico(),
    "misnamed.png": jpeg(),
    "no-name.dat": jpeg(),
}
"""Containers that are edited without touching a pixel."""
RECODED = {"avif.avif": avif(), "tiff.tif": tiff(), "bmp.bmp": bmp()}
"""Containers that are written anew."""


def frames(data):
    """Every frame as it is stored, with how long it is shown."""
    with Image.open(io.BytesIO(data)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            image.load()
            yield (
                image.size,
                image.mode,
                image.info.get("duration"),
                image.info.get("loop"),
                image.tobytes(),
                image.getpalette(),
            )


def shown(data):
    """The picture as it is shown, upright."""
    with Image.open(io.BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def corners(image):
    """The names of the colours in the four corners."""
    width, height = image.size
    spots = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [nearest(image.getpixel(spot)) for spot in spots]


def nearest(colour):
    return min(CORNERS, key=lambda name: sum(abs(a - b) for a, b in zip(CORNERS[name], colour, strict=True)))


def profile(data):
    with Image.open(io.BytesIO(data)) as image:
        return image.info.get("icc_profile")


def attached(portfolio, name, data):
    """Publish *data* as what an entry shows, links to and lists as evidence, and as a file of static/; return it twice."""
    portfolio.write({f"site_content/achievements/{name}": data, f"site_content/static/copy/{name}": data})
    is_shown = not name.endswith((".tif", ".bmp", ".ico", ".dat"))
    keys = [f"image: {name}", "image_alt: A"] if is_shown else []
    body = f"A [file]({name}).\n\n" + (f"![Two]({name})\n" if is_shown else "")
    evidence = ["evidence:", f"  - {{label: It, file: {name}, image_alt: It}}"]
    portfolio.entry(achievement(*keys, *evidence, body=body))
    assert_built(portfolio.build("--no-pdf"))
    built = portfolio.built()
    return built[f"achievements/{name}"], built[f"copy/{name}"]


def assert_clean(data):
    assert CANARY not in data
    assert zlib.compress(CANARY) not in data
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert set(image.getexif()) <= {0x0112, *range(256, 318), 339, 34675} - {270, 271, 272, 305, 306, 315, 316}
        assert not image.getexif().get_ifd(0x8825)
        assert TEXT not in str(image.info)
        assert set(image.info) & {"xmp", "photoshop", "comment", "XML:com.adobe.xmp", "Author", "mp"} == set()


@pytest.mark.parametrize("name", LOSSLESS)
def test_l10_what_is_written_beside_the_pixels_goes_and_they_stay(portfolio, name):
    before = LOSSLESS[name]
    assert CANARY in before
    for after in attached(portfolio, name, before):
        assert_clean(after)
        assert list(frames(after)) == list(frames(before))
        assert profile(after) == (None if name.endswith(".gif") else profile(before))
    assert TEXT not in portfolio.everything()


@pytest.mark.parametrize("name", RECODED)
def test_l10_what_is_written_anew_looks_the_same(portfolio, name):
    before = RECODED[name]
    assert CANARY in before
    for after in attached(portfolio, name, before):
        assert_clean(after)
        assert corners(shown(after)) == list(CORNERS)
        assert profile(after) == profile(before)
        if not name.endswith(".avif"):
            assert list(frames(after)) == list(frames(before))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", [jpeg, png, webp, avif])
def test_l10_every_picture_is_shown_the_right_way_up(portfolio, make, orientation):
    name = f"a.{make.__name__}"
    before = make(orientation=orientation)
    after, _ = attached(portfolio, name, before)
    assert_clean(after)
    assert corners(shown(after)) == corners(shown(before))
    if make is not avif:
        assert shown(after).tobytes() == shown(before).tobytes()
    width, height = shown(before).size
    assert f'width="{width}" height="{height}"' in portfolio.page()


@pytest.mark.parametrize(
    ("make", "orientation"),
    [(make, turn) for make in (jpeg, png, webp) for turn in range(1, 9) if IS_PROOF or make is jpeg or turn in (3, 6)],
)
def test_l10_a_resized_picture_is_stored_upright(portfolio, make, orientation):
    name = f"a.{make.__name__}"
    before = make(draw(1800, 1700), orientation=orientation)
    after, _ = attached(portfolio, name, before)
    assert_clean(after)
    upright = shown(before)
    assert corners(shown(after)) == corners(upright)
    with Image.open(io.BytesIO(after)) as image:
        assert image.getexif().get(0x0112) is None
        assert image.size == (1600, round(1600 * upright.height / upright.width))


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        (".jpg", save(draw(), "jpeg", icc_profile=ICC)),
        (".jpg", save(draw(), "jpeg", progressive=True)),
        (".png", save(draw(mode="P"), "png", transparency=0)),
        (".png", save(draw(), "png", **moving())),
        (".gif", save(draw(mode="P"), "gif", **moving())),
        (".webp", save(draw(), "webp")),
        (".webp", save(draw(), "webp", **moving())),
        (".ico", save(draw(32, 32), "ico")),
    ],
)
def test_a_picture_that_tells_nothing_is_left_alone(ending, data):
    assert clean(container_of(data, ending), data) == data


@pytest.mark.parametrize("name", LOSSLESS)
def test_cleaning_twice_changes_nothing(name):
    data = LOSSLESS[name]
    container = container_of(data, name[-4:])
    once = clean(container, data)
    assert clean(container, once) == once


@pytest.mark.parametrize("name", LOSSLESS)
def test_no_cut_of_a_picture_passes_uncleaned(name):
    """Wherever a file is cut off, it is clean, or refused as broken."""
    data = LOSSLESS[name]
    container = container_of(data, name[-4:])
    passed = 0
    for length in range(20, len(data), 7):
        try:
            cleaned = clean(container, data[:length])
        except BrokenPicture:
            continue
        passed += 1
        assert CANARY not in cleaned
    assert passed < len(data) / 7


def test_a_profile_keeps_its_colours_and_loses_its_name():
    data = save(draw(), "png")
    data = data[:33] + chunk(b"iCCP", CANARY + b"\0\0" + zlib.compress(ICC)) + data[33:]
    cleaned = clean("png", data)
    assert CANARY not in cleaned
    assert profile(cleaned) == ICC


FTYP = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)
WHOLE_PNG = save(draw(), "png")
BROKEN_DATA = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1700, 900, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", CANARY)
    + chunk(b"IEND", b"")
)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jpg", jpeg()[:400], "this JPEG picture is broken: it ends too early"),
        ("a.jpg", save(draw(), "jpeg")[:-2], "this JPEG picture is broken: it ends too early"),
        ("a.jpg", b"\xff\xd8\xff\xd9", "this JPEG picture is broken: there is no picture in it"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x04abxx", "this JPEG picture is broken: there is something between its parts"),
        ("a.png", WHOLE_PNG[:-12], "this PNG picture is broken: it ends too early"),
        ("a.png", WHOLE_PNG[:60] + b"x" + WHOLE_PNG[61:], "this PNG picture is broken: its bytes are damaged"),
        ("a.png", WHOLE_PNG[:33] + chunk(b"CgBI", b"a") + WHOLE_PNG[33:], "this PNG picture is broken: its parts are not those of a PNG"),
        ("a.png", BROKEN_DATA, "this PNG picture is broken: it cannot be decoded"),
        ("a.png", CANARY, "this is not a PNG picture"),
        ("a.png", b"<svg/>", "this is not a PNG picture"),
        ("a.gif", gif()[:-20 - len(CANARY)], "this GIF picture is broken: it ends too early"),
        ("a.gif", save(draw(mode="P"), "gif")[:-1] + b"x;", "this GIF picture is broken: its parts are not those of a GIF"),
        ("a.webp", webp()[:200], "this WEBP picture is broken: it ends too early"),
        ("a.webp", b"RIFF\x04\0\0\0WEBP", "this WEBP picture is broken: there is no picture in it"),
        ("a.avif", avif()[:300], "this AVIF picture is broken: it cannot be decoded"),
        ("a.avif", save(draw(), "avif", save_all=True, append_images=[draw().rotate(180)]), "this picture is not published: what a camera wrote into this moving AVIF picture cannot be taken out"),
        ("a.jpg", FTYP, "this picture is not published: what a camera wrote into this HEIC picture cannot be taken out"),
        ("a.jpg", tiff(), "this picture is not published: what a camera wrote into this TIFF picture cannot be taken out"),
    ],
)  # fmt: skip
def test_what_cannot_be_cleaned_is_refused(portfolio, name, data, message):
    portfolio.entry(data, f"achievements/{name}").entry(achievement(f"image: {name}", "image_alt: A"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (f"site_content/achievements/{name}", "image-type"))
    said = outcome.said("image-type")
    assert said.message == message
    assert said.hint.startswith("save it ")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("static/a.heic", FTYP),
        ("static/a.dng", tiff()),
        ("static/a.jxl", b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(20)),
        ("static/two-pages.tif", save(draw(), "tiff", save_all=True, append_images=[draw()])),
        ("static/a.bmp", b"BM" + bytes(30)),
    ],
)
def test_pictures_in_static_are_refused_as_well(portfolio, name, data):
    portfolio.entry(data, name).entry(achievement())
    assert_refused(portfolio, portfolio.build(), (f"site_content/{name}", "image-type"))


@pytest.mark.parametrize(
    "data", [b"", b"PK\3\4 a document of another program", b"<!doctype html>", b" " * 1024 + b"%PDF-1.7"]
)
def test_what_is_no_pdf_is_refused_under_its_name(portfolio, data):
    portfolio.entry(data, "achievements/a.pdf").entry(achievement("evidence: [{label: Report, file: a.pdf}]"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, ("site_content/achievements/a.pdf", "file-type"))
    assert outcome.said("file-type").message == "this is not a PDF"


def test_other_files_are_published_as_they_are(portfolio):
    files = {"a.txt": b"BMW, " + CANARY, "b.bin": b"\0\0\1\0" + CANARY, "c.pdf": b"%PDF-1.4 " + CANARY, "d": b""}
    for name, data in files.items():
        portfolio.entry(data, f"static/{name}")
    assert_built(portfolio.entry(achievement()).build())
    assert {name: portfolio.built()[name] for name in files} == files


@pytest.mark.parametrize(("name", "make"), [("a.jpg", jpeg), ("a.png", png), ("a.webp", webp)])
def test_a_wide_picture_is_published_in_two_widths(portfolio, name, make):
    stem, _, ending = name.partition(".")
    attached(portfolio, name, make(draw(2400, 600)))
    built = portfolio.built()
    sizes = {
        path: shown(data).size
        for path, data in built.items()
        if path.endswith(ending) and not path.startswith("cards/")
    }
    small = f"achievements/{stem}-800w.{ending}"
    assert sizes == {f"achievements/{name}": (1600, 400), small: (800, 200), f"copy/{name}": (2400, 600)}
    assert_clean(built[small])
    page = portfolio.page()
    srcset = f'srcset="../{small} 800w, ../achievements/{name} 1600w" sizes="'
    assert page.count(f'<img src="../achievements/{name}" {srcset}') == page.count("<img") == 1
    assert 'width="1600" height="400"' in page


def test_a_picture_of_middle_width_keeps_its_pixels_and_gets_a_smaller_version(portfolio):
    before = jpeg(draw(1000, 500))
    after, _ = attached(portfolio, "a.jpg", before)
    assert list(frames(after)) == list(frames(before))
    assert 'srcset="../achievements/a-800w.jpg 800w, ../achievements/a.jpg 1000w"' in portfolio.page()


def test_pictures_of_the_front_matter_and_the_photo_have_versions_too(portfolio):
    wide = save(draw(2000, 1000), "jpeg")
    portfolio.write({"site_content/site.yaml": "format: 1\ntitle: A\nperson: {name: A, photo: static/me.jpg}\n"})
    portfolio.entry(wide, "static/me.jpg").entry(wide, "achievements/a, b.jpg")
    portfolio.entry(achievement("image: a, b.jpg", "image_alt: A"))
    assert_built(portfolio.build())
    assert 'srcset="me-800w.jpg 800w, me.jpg 1600w" sizes="8.5rem"' in portfolio.page("index.html")
    (srcset,) = re.findall(r'srcset="(.*?)"', portfolio.page())
    assert srcset == "../achievements/a%2C%20b-800w.jpg 800w, ../achievements/a%2C%20b.jpg 1600w"
    assert shown(portfolio.built()["me.jpg"]).size == (1600, 800)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", save(draw(800, 400), "jpeg")),
        ("a.gif", save(draw(2000, 400, "P"), "gif")),
        ("a.png", save(draw(1700, 20), "png", **moving())),
        ("a.webp", save(draw(1700, 20), "webp", save_all=True, append_images=[draw(1700, 20).rotate(180)])),
    ],
    ids=["narrow", "gif", "apng", "moving-webp"],
)
def test_narrow_and_moving_pictures_have_one_width(portfolio, name, data):
    after, _ = attached(portfolio, name, data)
    assert after == data
    assert "srcset" not in portfolio.page()
    assert not [path for path in portfolio.built() if "800w" in path]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_made_smaller(portfolio, mode):
    grey = Image.new("L", (1700, 40), 200)
    image = grey.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else grey.convert(mode)
    if mode in {"LA", "RGBA"}:
        image.putalpha(128)
    after, _ = attached(portfolio, "a.png", save(image, "png"))
    with Image.open(io.BytesIO(after)) as smaller:
        expected = 255 if mode == "1" else 200
        red, alpha = (smaller.convert("RGBA").getchannel(name).tobytes()[18 * 1600 + 800] for name in "RA")
        assert smaller.size == (1600, 38)
        assert abs(red - expected) <= 1 or mode == "1"
        assert alpha == (128 if mode in {"LA", "RGBA"} else 255)


def test_a_version_never_takes_the_place_of_another_file(portfolio):
    portfolio.entry(save(draw(900, 100), "png"), "achievements/a.png")
    portfolio.entry(save(draw(), "png"), "achievements/A-800W.png")
    portfolio.entry(achievement("image: a.png", "image_alt: A", body="![B](A-800W.png)\n"))
    outcome = portfolio.build()
    assert_refused(portfolio, outcome, (outcome.said("path-duplicate").place, "path-duplicate"))
    assert "would be published twice" in outcome.said("path-duplicate").message


def test_l12_a_picture_that_is_no_longer_shown_goes_with_its_versions(portfolio):
    portfolio.entry(jpeg(draw(1700, 400)), "achievements/a.jpg")
    portfolio.entry(achievement("image: a.jpg", "image_alt: A"))
    assert_built(portfolio.build())
    paths = {path for path in portfolio.built() if path.endswith(".jpg")}
    assert paths == {"achievements/a.jpg", "achievements/a-800w.jpg"}
    assert_built(portfolio.entry(achievement()).build())
    assert not paths & set(portfolio.built())
    portfolio.entry(achievement("image: a.jpg", "image_alt: A").replace("visibility: public", "visibility: private"))
    portfolio.build()
    assert not paths & set(portfolio.built())


def test_the_same_pictures_give_the_same_bytes(tmp_path):
    sites = []
    for name in ("one", "two"):
        site = Portfolio(tmp_path / name)
        for picture, data in (LOSSLESS | RECODED).items():
            site.entry(data, f"static/{picture}")
        site.entry(jpeg(draw(400, 1700), orientation=6), "achievements/a.jpg")
        site.entry(webp(draw(1700, 400)), "achievements/b.webp")
        site.entry(png(draw(1700, 400)), "achievements/c.png")
        site.entry(achievement(body="![A](a.jpg) ![B](b.webp) ![C](c.png)\n"))
        assert_built(site.build("--no-pdf"))
        sites.append(site.built())
    assert sites[0] == sites[1]
    assert len([path for path in sites[0] if "-800w" in path]) == 3


def test_smaller_pictures_are_kept_and_mended(portfolio):
    portfolio.entry(jpeg(draw(1700, 400)), "achievements/a.jpg")
    portfolio.entry(achievement("image: a.jpg", "image_alt: A"))
    assert_built(portfolio.build())
    before = portfolio.built()
    folder = portfolio.root / ".brag/cache/pictures"
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    assert len(kept) == 2
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for data in kept.values():
        assert data[:32] == hashlib.sha256(data[32:]).digest()
    times = {path: path.stat().st_mtime_ns for path in kept}
    assert_built(portfolio.build("--clean"))
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times
    for path, data in kept.items():
        path.write_bytes(data[:-1] + b"?")
    assert_built(portfolio.build("--clean"))
    assert {path: path.read_bytes() for path in folder.iterdir()} == kept
    assert portfolio.built() == before


def test_a_portfolio_without_pictures_does_not_load_pillow(portfolio):
    portfolio.entry(achievement())
    code = "import sys; from bragfolio.cli.main import run; run(['build', '--no-pdf']); sys.exit('PIL.Image' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=portfolio.root, capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert portfolio.built()
