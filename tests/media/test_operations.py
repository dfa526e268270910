"""Pictures are made anew: every kind that people send, and everything that only pretends to be one (V19, D16)."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from participation import clock
from participation.db import session
from participation.media import encoding, operations
from participation.media.encoding import Damaged, NotAPicture, NotReadHere, TooManyPixels
from participation.media.models import Picture
from tests.media.makers import image_file, make_picture, uploaded


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def png_that_claims(width: int, height: int) -> bytes:
    """A small file that says it is a large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9000)) + chunk(b"IEND", b"")
    )


@pytest.mark.databases
def test_a_picture_is_kept_as_webp_in_a_few_widths(app):
    picture = operations.take(uploaded(image_file(size=(3000, 2000))), "A bench", "tr")
    assert [(file.width, file.height) for file in picture.files] == [(320, 213), (640, 427), (1280, 853)]
    assert {opened(file.content).format for file in picture.files} == {"WEBP"}
    assert (picture.width, picture.height, picture.alt, picture.language) == (1280, 853, "A bench", "tr")
    assert picture.widths == [file.width for file in picture.files]


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((200, 100), [(200, 100)]),
        ((500, 500), [(320, 320), (500, 500)]),
        ((20, 6000), [(9, 2560)]),
        ((6000, 1), [(320, 1), (640, 1), (1280, 1)]),
    ],
)
def test_no_picture_is_enlarged_and_none_is_endless(size, sizes):
    assert [(one.width, one.height) for one in encoding.encode(image_file("PNG", size))] == sizes


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_every_usual_kind_is_read_by_its_content(kind, mode):
    [*_, largest] = encoding.encode(image_file(kind, mode=mode))
    image = opened(largest.content).convert("L")
    assert image.size == (900, 600)
    assert image.getpixel((5, 300)) > 200 > 50 > image.getpixel((890, 300))


def test_sixteen_bits_and_print_colours_are_read_as_well():
    deep = Image.new("I;16", (40, 40), 40_000)
    written = io.BytesIO()
    deep.save(written, "PNG")
    [one] = encoding.encode(written.getvalue())
    assert 140 < opened(one.content).convert("L").getpixel((20, 20)) < 170
    assert len(encoding.encode(image_file("JPEG", mode="CMYK"))) == 3


def test_what_shines_through_stays_so():
    [one] = encoding.encode(image_file("PNG", (50, 50), "LA"))
    assert opened(one.content).mode in {"RGBA", "RGB"}
    clear = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    [one] = encoding.encode(written.getvalue())
    assert opened(one.content).getpixel((25, 25))[3] == 0


def test_of_moving_pictures_the_first_frame_is_taken():
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("white", "black")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    [one] = encoding.encode(written.getvalue())
    image = opened(one.content)
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("L").getpixel((30, 20)) > 240


def test_a_picture_is_turned_upright_and_loses_everything_hidden_in_it():
    """D16"""
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "SECRET description"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = image_file(
        "JPEG", (600, 400), exif=exif, icc_profile=profile, xmp=b"<x:xmpmeta>SECRET</x:xmpmeta>", comment=b"SECRET"
    )
    assert b"SECRET" in sent
    for one in encoding.encode(sent):
        image = opened(one.content)
        assert one.height > one.width
        assert b"SECRET" not in one.content
        assert not {b"EXIF", b"XMP ", b"ICCP"} & {one.content[at : at + 4] for at in range(len(one.content))}
        assert not image.getexif()


def test_colours_of_a_camera_become_those_of_screens():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()
    assert len(encoding.encode(image_file("JPEG", (50, 50), icc_profile=lab))) == 1
    assert len(encoding.encode(image_file("JPEG", (50, 50), icc_profile=b"no profile at all"))) == 1


def test_texts_hidden_in_a_picture_are_gone():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "<script>alert(1)</script>")
    [one] = encoding.encode(image_file("PNG", (40, 40), pnginfo=texts))
    assert b"script" not in one.content


def test_whatever_hangs_behind_or_hides_in_a_picture_does_not_come_along():
    sent = image_file("JPEG", (50, 50)) + b"PK\x03\x04<script>alert(1)</script><?php evil() ?>"
    [one] = encoding.encode(sent)
    assert not any(word in one.content for word in (b"PK", b"script", b"php"))


def test_the_attack_files_of_others_are_refused_or_become_harmless(samples):
    """V19"""
    verdicts = {}
    for path in sorted((samples / "attack" / "uploads").iterdir()):
        content = path.read_bytes()
        try:
            files = encoding.encode(content)
        except (NotAPicture, Damaged) as refused:
            verdicts[path.name] = type(refused).__name__
        else:
            verdicts[path.name] = "made anew"
            assert not any(word in one.content for one in files for word in (b"alert", b"script", b"onmouse", b"<svg"))
    assert {name: verdict for name, verdict in verdicts.items() if name.endswith((".svg", ".svgz"))} == {
        "SVG_XSS1.svg": "NotAPicture",
        "SVG_XSS3.svg": "NotAPicture",
        "SVG_XSS_nested_use_xlink.svg": "NotAPicture",
        "SVG_XSS_red_lightning.svg": "NotAPicture",
        "xss.svgz": "NotAPicture",
    }
    assert len(verdicts) == 7


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotAPicture),
        (b"\x00" * 50, NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPicture),
        (b"GIF89a=alert(1)//", Damaged),
        (b"GIF89a/*" + b"\xff" * 40 + b"*/=1;alert(1)", Damaged),
        (b"\x89PNG\r\n\x1a\n", Damaged),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, NotReadHere),
        (b"II*\x00" + b"\x00" * 40, NotAPicture),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", NotAPicture),
        (b"BM" + b"\x00" * 60, NotAPicture),
        (png_that_claims(60_000, 60_000), TooManyPixels),
        (png_that_claims(5_001, 5_000), TooManyPixels),
        (png_that_claims(5_000, 4_999), Damaged),
        (png_that_claims(0, 10), Damaged),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(content, refusal):
    with pytest.raises((refusal, NotAPicture) if refusal is Damaged else refusal) as refused:
        encoding.encode(content)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_half_a_picture_is_refused(kind):
    whole = image_file(kind)
    with pytest.raises((Damaged, NotAPicture)):
        encoding.encode(whole[: len(whole) // 2])


def test_half_a_picture_is_refused_also_after_a_pdf_was_made_in_this_process(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    whole = image_file("PNG")
    with pytest.raises(Damaged):
        encoding.encode(whole[: len(whole) // 2])


def test_an_ordinary_photo_may_have_fifty_megapixels_and_one_that_unfolds_slowly_may_not(monkeypatch):
    monkeypatch.setattr(encoding, "MOST_PIXELS_AT_ONCE", 600 * 400 - 1)
    assert encoding.encode(image_file("JPEG", (600, 400)))
    for other in (image_file("JPEG", (600, 400), progressive=True), image_file("PNG", (600, 400))):
        with pytest.raises(TooManyPixels):
            encoding.encode(other)


def test_a_file_of_too_many_bytes_is_refused_before_it_is_looked_at(app, monkeypatch):
    monkeypatch.setattr(operations, "most_bytes", lambda: 1_000)
    with pytest.raises(operations.TooLarge):
        operations.take(uploaded(image_file()), "A bench")


@pytest.mark.databases
def test_what_nobody_keeps_is_thrown_away_after_a_day(app, stop_clock):
    """D14"""
    stop_clock(2026, 4, 1, 12)
    kept = make_picture().id
    forgotten = operations.take(uploaded(image_file()), "A bench").id
    stop_clock(2026, 4, 2, 11)
    assert operations.throw_away_unkept() == {"pictures": 0}
    stop_clock(2026, 4, 2, 13)
    assert operations.throw_away_unkept() == {"pictures": 1}
    session.expire_all()
    assert session.get(Picture, kept)
    assert session.get(Picture, forgotten) is None


def test_a_form_finds_its_picture_again_and_nobody_else_does(app, stop_clock):
    now = stop_clock(2026, 4, 1, 12)
    picture = operations.take(uploaded(image_file()), "A bench")
    carried = operations.signed(picture)
    assert operations.pending(carried) is picture
    for forged in ("", str(picture.id), carried[:-1], carried.replace(".", "x", 1), "x" * 5_000):
        assert operations.pending(forged) is None
    stop_clock(2026, 4, 2, 13)
    assert operations.pending(carried) is None
    assert now != clock.now()


def test_a_picture_that_belongs_to_something_cannot_be_taken_by_another_form(app):
    picture = operations.take(uploaded(image_file()), "A bench")
    carried = operations.signed(picture)
    operations.keep(picture)
    assert operations.pending(carried) is None
