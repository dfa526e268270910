"""The field for a picture: the file, what can be seen on it, and a picture that came with an earlier try."""

from typing import Any, cast

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import inspect
from wtforms import FileField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from participation.db import session
from participation.errors import Refused
from participation.forms import at_most
from participation.i18n import LazyText, _l, current_language
from participation.media import operations
from participation.media.models import Picture, PictureFile
from participation.media.uploads import PatientRequest

LONGEST_ALT = 300
BROKEN_OFF = _l("The picture did not arrive completely, because the connection broke. Please choose it again.")
ALT_MISSING = _l("Please say in a few words what can be seen on the picture, for people who cannot see it.")
ALT_TOO_LONG = at_most(LONGEST_ALT).message


class PictureField(FileField):
    """One picture or none. `data` is the picture as it was taken in, kept by nobody yet.

    The field stands last in its form, whose view is marked with `takes_pictures`. Beside the file it reads what the
    macro `picture_field` puts next to it: `<name>_alt`, `<name>_id` (a picture of an earlier try) and `<name>_remove`.
    A picture that the thing has already is given like any other value, as in `IdeaForm(picture=idea.picture)`.
    """

    kind = "picture"
    most_bytes = property(lambda _self: operations.most_bytes())

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, **options)  # type: ignore[no-untyped-call]  # WTForms has no types

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)  # type: ignore[no-untyped-call]  # WTForms has no types
        self.typed_alt = self.data.alt if self.data else ""
        if formdata is None or not _is_sent(formdata, self.name):
            return
        self.typed_alt = str(formdata.get(f"{self.name}_alt", "")).strip()
        self.data = self._chosen(formdata)
        if self.data and self.typed_alt and len(self.typed_alt) <= LONGEST_ALT:
            operations.describe(self.data, self.typed_alt, current_language().tag)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was sent is read by `process`, which sees the neighbours too."""

    def _chosen(self, formdata: Any) -> Picture | None:
        """A new picture, or else the one of an earlier try, or the one the thing has already."""
        sent = cast(PatientRequest, request) if has_request_context() else None
        before = operations.pending(str(formdata.get(f"{self.name}_id", ""))) or self.object_data
        if f"{self.name}_remove" in formdata:
            before = None
        if sent is not None and (sent.is_cut or sent.is_broken):
            self._complain(BROKEN_OFF if sent.is_broken else operations.TooLarge().message)
            return before
        file = formdata.get(self.name)
        if not getattr(file, "filename", ""):
            return before
        try:
            return _remembered(operations.take(file, ""))
        except Refused as refused:
            self._complain(refused.message)
            return before

    def _complain(self, message: LazyText | str) -> None:
        self.process_errors = (*self.process_errors, str(message))

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.data and not self.typed_alt:
            raise StopValidation(str(ALT_MISSING))
        if len(self.typed_alt) > LONGEST_ALT:
            raise StopValidation(str(ALT_TOO_LONG) % {"max": LONGEST_ALT})

    @property
    def carried(self) -> str:
        """What the form brings back, so that nobody sends the same picture twice (A12)."""
        return operations.signed(self.data) if self.data and not self.data.is_kept else ""


def _is_sent(formdata: Any, name: str) -> bool:
    """Whether this is a sent form, and not one that is shown for the first time."""
    return bool(len(formdata)) and (name in formdata or f"{name}_alt" in formdata)


def _remembered(picture: Picture) -> Picture:
    """A form with a mistake comes back and changes nothing; of what it brought, the picture alone stays."""
    g.setdefault("pictures_taken", []).append(
        {
            **{column.key: getattr(picture, column.key) for column in inspect(Picture).column_attrs},
            "files": [(one.width, one.height, one.content) for one in picture.files],
        }
    )
    return picture


def init_app(app: Flask) -> None:
    """Let a picture outlive the form that comes back."""

    @app.after_request
    def keep_for_another_try(response: Response) -> Response:
        taken = g.pop("pictures_taken", [])
        if taken and response.status_code == 422:
            session.rollback()
            for one in taken:
                files = [PictureFile(width=width, height=height, content=data) for width, height, data in one["files"]]
                session.add(Picture(**{**one, "files": files}))
            session.commit()
        return response
