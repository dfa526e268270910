"""Forms for bringing a questionnaire in."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from participation.forms import Form, GermanRequired, LocalizedField, at_most, required
from participation.i18n import SOURCE_LANGUAGE, _l, languages
from participation.surveys.importing import LONGEST_SLUG


class UploadForm(Form):
    """A file, and what it may not say itself."""

    file = FileField(
        _l("File (.xlsx, .xls, .lss, .txt or .tsv)"),
        [required()],
        description=_l(
            "An XLSForm as made for ODK or KoboToolbox, with the sheets “survey” and “choices”, "
            "or a survey structure from LimeSurvey."
        ),
    )
    language = SelectField(
        _l("Language of texts that name none"),
        description=_l("Columns such as “label” may not say their language. Columns such as “label::Türkçe (tr)” do."),
        default=SOURCE_LANGUAGE,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language.choices = [(one.tag, one.name) for one in languages()]


class NewSurveyForm(Form):
    """How the new survey is called."""

    title = LocalizedField(_l("Title"), [GermanRequired()])
    slug = StringField(
        _l("Short name for the address"),
        [Optional(), at_most(LONGEST_SLUG)],
        description=_l("For example “families-2026”. If you leave it empty, it is made from the title."),
    )


class ReplaceForm(Form):
    """Nothing but the confirmation."""
