"""Documents: what programs note in drawings and PDFs about who made them, where and when is not published (L10)."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.portfolios import achievement, assert_built

NOTE = "/home/ada/secret-client/draft.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="9" height="9"{0}>{1}<g{2}><path d="M0 0h9v9z" /></g>{3}</svg>'
XMP = b"<?xpacket?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>"


def published(portfolio, name, data):
    portfolio.entry(data, f"achievements/{name}")
    portfolio.entry(achievement(body=f"[it]({name})"))
    assert_built(portfolio.build())
    return portfolio.built()[f"achievements/{name}"]


@pytest.mark.parametrize("drawing", [
    SVG.format("", f"<!-- {NOTE} -->", "", ""),
    SVG.format("", f"<metadata><a>{NOTE}</a></metadata>", "", ""),
    SVG.format(f' i:export-filename="{NOTE}"', "", "", ""),
    SVG.format("", "", f' i:label="{NOTE}"', ""),
    SVG.format("", f'<i:perspective id="{NOTE}"/>', "", f"<i:x>{NOTE}</i:x>"),
], ids=["comment", "metadata", "root", "attribute", "element"])  # fmt: skip
def test_l10_a_drawing_keeps_its_lines_and_loses_its_notes(portfolio, drawing):
    data = published(portfolio, "chart.svg", drawing).decode()
    assert "ada" not in data
    assert "inkscape" not in data
    assert '<path d="M0 0h9v9z"' in data
    assert data.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_a_drawing_without_notes_is_published_as_it_is(portfolio):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"  width="9"><title>Kept &amp; shown</title></svg>\n'
    assert published(portfolio, "chart.svg", drawing) == drawing.encode()


def test_the_text_behind_a_note_stays(portfolio):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>a<metadata>b</metadata>c<tspan>d</tspan><metadata>e</metadata>f</text></svg>'
    assert published(portfolio, "chart.svg", drawing).endswith(b"<text>ac<tspan>d</tspan>f</text></svg>")


def pdf(*, signed=False, **info):
    writer = PdfWriter()
    writer.add_blank_page(200, 100)
    writer.add_metadata({f"/{name}": value for name, value in info.items()})
    if info:
        writer.xmp_metadata = XMP
    if signed:
        field = writer._add_object(DictionaryObject({
            NameObject("/FT"): NameObject("/Sig"), NameObject("/T"): TextStringObject("s"),
            NameObject("/V"): DictionaryObject({NameObject("/Type"): NameObject("/Sig")}),
        }))  # fmt: skip
        form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
        from pypdf.generic import ArrayObject

        form[NameObject("/Fields")] = ArrayObject([field])
        writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_l10_an_attached_pdf_keeps_its_pages_and_its_title(portfolio):
    original = pdf(
        Title="The report", Author="Ada", Creator="Word on ada-laptop", Keywords="secret", CreationDate="D:20260701"
    )
    data = published(portfolio, "report.pdf", original)
    reader = PdfReader(io.BytesIO(data))
    assert {key: str(value) for key, value in (reader.metadata or {}).items()} == {"/Title": "The report"}
    assert reader.xmp_metadata is None
    assert len(reader.pages) == 1
    for word in (b"laptop", b"secret", b"20260701", b"xmpmeta"):
        assert word not in data
    assert published(portfolio, "report.pdf", original) == data


def test_a_signed_pdf_stays_signed(portfolio):
    original = pdf(Author="Ada", signed=True)
    assert published(portfolio, "report.pdf", original) == original
