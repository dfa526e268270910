"""Making a stranger's picture anew: what is shown later are pixels that we wrote, and nothing else of the file.

The kind is told by the content, never by the name. Size and number of pixels are looked at before anything is decoded.
"""

import io
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from participation.errors import Refused
from participation.i18n import _l

WIDTHS = (320, 640, 1280)
TALLEST = 2_560
QUALITY = 78
MOST_PIXELS = 50_000_000  # of an ordinary JPEG, as the largest telephones make them; it is decoded at a fraction
MOST_PIXELS_AT_ONCE = 25_000_000  # of any other file, which lies in memory as a whole
KINDS = ("JPEG", "PNG", "WEBP", "GIF", *(("AVIF",) if AvifImagePlugin.SUPPORTED else ()))
HEIF = (b"ftypheic", b"ftypheix", b"ftypheim", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
SRGB = ImageCms.createProfile("sRGB")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own alarm, should a file lie about its size

_one_at_a_time = Lock()  # a large picture takes much memory for a moment, and a server has several threads


class NotAPicture(Refused):
    """Something else, or a kind of picture that can hold more than pixels."""

    message = _l("This file is not a picture that we can show. Please choose a JPEG, PNG or WebP picture.")


class NotReadHere(Refused):
    """What some telephones make, and browsers do not show."""

    message = _l(
        "Pictures of the kind HEIC cannot be shown here. Please choose a JPEG picture, or take a screenshot of yours."
    )


class Damaged(Refused):
    """A picture by its beginning only."""

    message = _l("This picture is damaged or not complete. Please choose another one.")


class TooManyPixels(Refused):
    """A picture that would fill our memory."""

    message = _l("This picture has too many pixels. Please make it smaller, or choose another one.")


class Encoded(NamedTuple):
    """The picture in one size, as WebP."""

    width: int
    height: int
    content: bytes


def encode(data: bytes) -> list[Encoded]:
    """The picture in our sizes, the smallest first; upright, in the colours of screens, without anything hidden."""
    with _one_at_a_time:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # whoever makes a PDF in this process has switched it on for all of it
        try:
            image = _open(data)
            return list(_sizes(_pixels(image)))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise TooManyPixels from error
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError) as error:
            raise Damaged from error


def _open(data: bytes) -> Image.Image:
    if data[4:12] in HEIF:
        raise NotReadHere
    try:
        image = Image.open(io.BytesIO(data), formats=KINDS)
    except UnidentifiedImageError as error:
        raise NotAPicture from error
    is_cheap = image.format == "JPEG" and not image.info.get("progressive")
    if image.width * image.height > (MOST_PIXELS if is_cheap else MOST_PIXELS_AT_ONCE):
        raise TooManyPixels
    return image


def _pixels(image: Image.Image) -> Image.Image:
    """The first frame, upright, as RGB or RGBA."""
    if image.format == "JPEG":
        longest = max(image.size)
        image.draft(None, (max(1, TALLEST * image.width // longest), max(1, TALLEST * image.height // longest)))
    image.load()
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    return _in_screen_colours(ImageOps.exif_transpose(image))


def _in_screen_colours(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # sixteen bits, of which a screen shows eight
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = image.has_transparency_data
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            image = ImageCms.profileToProfile(image, given, SRGB, outputMode=mode) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that cannot be read says nothing about the colours
    return image.convert("RGBA" if has_alpha else "RGB")


def _sizes(image: Image.Image) -> Iterator[Encoded]:
    """Never larger than the picture itself is."""
    scale = min(1, WIDTHS[-1] / image.width, TALLEST / image.height)
    largest = max(1, round(image.width * scale))
    for width in widths(largest):
        height = min(TALLEST, max(1, round(image.height * width / image.width)))
        yield Encoded(width, height, _webp(image, width, height))


def widths(largest: int) -> list[int]:
    """The widths in which a picture is kept whose largest file is so wide."""
    return [*(width for width in WIDTHS if width < largest), largest]


def _webp(image: Image.Image, width: int, height: int) -> bytes:
    small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    small.info = {}
    written = io.BytesIO()
    small.save(written, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return written.getvalue()
