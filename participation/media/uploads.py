"""Forms with pictures: what is too large for us is cut off, and the words that were typed stay (A11).

Elsewhere a body that is too large is refused as a whole. Here the words stand before the picture, so they are read, and
of the picture no more than we take. The rest is let go by for a while, because most browsers listen to an answer only
when they have sent everything; then the view answers, whether or not more would come.
"""

import io
import time
from collections.abc import Callable
from typing import IO, Any, TypeVar

from flask import current_app
from werkzeug.exceptions import ClientDisconnected
from werkzeug.utils import cached_property
from werkzeug.wsgi import get_input_stream

from participation.addresses import CleanRequest

View = TypeVar("View", bound=Callable[..., Any])

WORDS = 1024 * 1024  # of a body, beside the picture
PATIENCE_SECONDS = 30
MOST_LET_BY = 256 * 1024 * 1024
CHUNK = 64 * 1024


def takes_pictures(view: View) -> View:
    """Mark a view whose form ends with a picture; it must refuse what was cut, as PictureField does."""
    view.takes_pictures = True  # type: ignore[attr-defined]  # functions carry what one gives them
    return view


class CutStream(io.RawIOBase):
    """A body that ends properly where we stop reading it, or where the line broke."""

    def __init__(self, stream: IO[bytes], most: int, boundary: str) -> None:
        super().__init__()
        self._stream = stream
        self._left = most
        self._end = f"\r\n--{boundary}--\r\n".encode("latin-1", "replace")
        self._is_over = False
        self.is_cut = False  # more would have come than we take
        self.is_broken = False  # less came than was announced

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._is_over:
            data = self._receive(CHUNK if size < 0 else min(size, CHUNK))
            taken, self._left = data[: self._left], self._left - len(data)
            if self._left < 0:
                self.is_cut = self._is_over = True
                self._let_the_rest_by()
            if taken:
                return taken
            self._is_over = True
        end, self._end = self._end, b""
        return end if self.is_cut or self.is_broken else b""

    def _receive(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (ClientDisconnected, OSError):
            self.is_broken = self._is_over = True
            return b""

    def _let_the_rest_by(self) -> None:
        until, let_by = time.monotonic() + PATIENCE_SECONDS, 0
        while let_by < MOST_LET_BY and time.monotonic() < until:
            data = self._receive(CHUNK)
            if not data:
                return
            let_by += len(data)


class PatientRequest(CleanRequest):
    """A request whose words survive a picture that is too large, where the view says that it takes pictures."""

    @cached_property
    def stream(self) -> IO[bytes]:
        view = current_app.view_functions.get(self.endpoint or "")
        boundary = self.mimetype_params.get("boundary", "")
        if not getattr(view, "takes_pictures", False) or self.mimetype != "multipart/form-data" or not boundary:
            return super().stream
        most = current_app.config["SETTINGS"].max_upload_bytes + WORDS
        self.cut_stream = CutStream(get_input_stream(self.environ), most, boundary)
        return self.cut_stream  # type: ignore[return-value]  # it reads, and nothing else is asked of it

    cut_stream: CutStream | None = None

    @property
    def is_cut(self) -> bool:
        """Whether more was sent than we take."""
        return self.cut_stream is not None and self.cut_stream.is_cut

    @property
    def is_broken(self) -> bool:
        """Whether the line broke while the picture was sent."""
        return self.cut_stream is not None and self.cut_stream.is_broken
