"""Pictures: whole, upright and of a known size; ids in an SVG are numbered, so that chance changes no report."""

import io
import re
from xml.etree.ElementTree import canonicalize

import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import ExifTags, Image

from casebound.report.document.media import MediaError, picture

SVG = "image/svg+xml"


def drawn() -> str:
    """Return a drawing with ids that Matplotlib draws by lot: of clips, marks, a hatch and a collection."""
    with rc_context({"svg.hashsalt": None}):
        figure = Figure()
        for axes in figure.subplots(2):
            axes.plot([1, 3, 2], marker="o")
            axes.bar([1], [2], hatch="/")
            axes.scatter([1, 2], [2, 1], s=[5, 50])
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def test_a_drawing_is_the_same_whatever_its_ids_were_hashed_from():
    one, other = drawn(), drawn()
    assert one != other and picture(SVG, one) == picture(SVG, other)


def test_every_id_is_a_number_of_its_own_and_every_reference_leads_to_what_it_led_to():
    before, after = drawn(), picture(SVG, drawn())[0].decode()
    ids, references = r'\bid="([^"]*)"', r'(?:url\(|href=")#([^)"]*)'
    assert re.findall(ids, after) == [f"id{n}" for n in range(1, len(re.findall(ids, before)) + 1)]
    led = [re.findall(ids, before).index(id) for id in re.findall(references, before)]
    assert [f"id{n + 1}" for n in led] == re.findall(references, after) and led


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<g id="a"/><use href="#a"/>', '<g id="id1"/><use href="#id1"/>'),
        ('<use xlink:href="#b-2"/><g class="x" id="b-2"/>', '<use xlink:href="#id1"/><g class="x" id="id1"/>'),
        ("""<g id="a"/><g style="fill: url('#a')"/>""", """<g id="id1"/><g style="fill: url('#id1')"/>"""),
        ('<g id="fff"/><g fill="#fff" data-id="fff"/>', '<g id="id1"/><g fill="#fff" data-id="fff"/>'),
        ('<g id="a"/><use href="#ab"/>', '<g id="id1"/><use href="#ab"/>'),
        ('<g id="id2"/><g id="id1"/><use href="#id1"/>', '<g id="id1"/><g id="id2"/><use href="#id2"/>'),
        ('<g id="a"/><text>id="a" url(#a)</text>', '<g id="id1"/><text>id="a" url(#a)</text>'),
        ('<g id="id" aria-label="url(#id)"/>', '<g id="id1" aria-label="url(#id)"/>'),
    ],
)
def test_ids_are_renumbered_with_what_refers_to_them_and_nothing_else(before, after):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
    assert canonicalize(picture(SVG, svg.format(before))[0]) == canonicalize(svg.format(after))


@pytest.mark.parametrize(
    "naming",
    [
        "<style>#a { fill: red }</style>",
        "<style><![CDATA[#a { fill: red }]]></style>",
        '<g aria-labelledby="a"/>',
        '<animate begin="a.click"/>',
        "<script>0</script>",
    ],
)
def test_where_ids_may_be_named_in_another_way_they_stay(naming):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/>{naming}</svg>'
    assert picture(SVG, svg)[0].decode() == svg


def saved(kind: str, mode: str = "RGB", turned: int = 1) -> bytes:
    """Return a picture of 40 by 20 pixels whose left half is red and whose right half is noise."""
    image, raw = Image.new("RGB", (40, 20), "red"), io.BytesIO()
    image.paste(Image.effect_noise((20, 20), 90), (20, 0))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    image.convert(mode).save(raw, kind, exif=exif)
    return raw.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "L")])
def test_a_picture_keeps_its_bytes_and_has_its_size(kind, mode):
    raw = saved(kind, mode)
    assert picture(f"image/{kind.lower()}", raw) == (raw, 40.0, 20.0)


@pytest.mark.parametrize(("mode", "turned", "size"), [("RGB", 6, (20.0, 40.0)), ("CMYK", 1, (40.0, 20.0))])
def test_a_jpeg_that_paper_would_show_turned_or_in_other_colours_is_made_plain(mode, turned, size):
    raw, *found = picture("image/jpeg", saved("JPEG", mode, turned))
    with Image.open(io.BytesIO(raw)) as image:
        assert tuple(found) == image.size == size
        assert image.mode == "RGB" and image.getexif().get(ExifTags.Base.Orientation, 1) == 1
        assert image.getpixel((5, 5)) == pytest.approx((254, 0, 0), abs=12)


@pytest.mark.parametrize(
    ("mime", "raw", "problem"),
    [
        ("image/png", saved("PNG")[:-300], "data are damaged"),
        ("image/jpeg", saved("JPEG")[:-300], "data are damaged"),
        ("image/png", "not base64!", "data are damaged"),
        ("image/png", saved("JPEG"), "called PNG but is not one"),
        ("image/jpeg", saved("PNG"), "called JPEG but is not one"),
        ("image/jpeg", b"", "called JPEG but is not one"),
        ("image/gif", b"GIF89a", "use SVG, PNG or JPEG"),
        (SVG, "<svg", "cannot be read"),
        (SVG, "<g/>", "does not begin with <svg>"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(mime, raw, problem):
    with pytest.raises(MediaError, match=problem):
        picture(mime, raw)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(MediaError, match="too many pixels"):
        picture("image/png", saved("PNG"))
