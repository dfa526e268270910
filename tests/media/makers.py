"""Makers of the media room."""

import io
from typing import Any

import pikepdf
from PIL import Image
from werkzeug.datastructures import FileStorage

from participation.media import operations
from participation.media.models import Picture


def image_file(kind: str = "JPEG", size: tuple[int, int] = (900, 600), mode: str = "RGB", **options: Any) -> bytes:
    """The bytes of a picture file: light on the left, dark on the right."""
    image = Image.linear_gradient("L").rotate(-90).resize(size).convert(mode)
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def pdf_file(**root: Any) -> bytes:
    """The bytes of a PDF file with one empty page; `root` stands in its catalogue, packed where no search finds it."""
    file = pikepdf.new()
    file.add_blank_page()
    for name, value in root.items():
        file.Root[f"/{name}"] = value
    written = io.BytesIO()
    file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def locked_pdf_file(password: str) -> bytes:
    """A PDF file that only opens with a password, or that forbids things to whoever opens it without one."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_file())) as file:
        file.save(written, encryption=pikepdf.Encryption(owner="owner", user=password))
    return written.getvalue()


def uploaded(content: bytes, name: str = "photo.jpg") -> FileStorage:
    """The same as a form brings it."""
    return FileStorage(io.BytesIO(content), filename=name)


def make_picture(alt: str = "A bench", *, is_public: bool = False, size: tuple[int, int] = (900, 600)) -> Picture:
    """A picture that something keeps."""
    picture = operations.take(uploaded(image_file(size=size)), alt, "de")
    operations.keep(picture)
    if is_public:
        operations.publish(picture)
    return picture
