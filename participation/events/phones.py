"""Telephone numbers in every habit of writing, kept in one: +49… (E.164)."""

import re
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult
from wtforms import TelField
from wtforms.validators import StopValidation

from participation.i18n import LazyText, _l
from participation.reading import Unreadable, western

COUNTRY = "DE"  # of numbers that name no country
LONGEST = 40
TYPED = re.compile(r"[(\[ ]*\+?[ ()\[\]/.\-\u2010-\u2015]*\d[\d ()\[\]/.\-\u2010-\u2015]*")

NOT_A_NUMBER = _l("Please enter a telephone number, for example 0201 123456 or +49 170 1234567.")
NO_AREA_CODE = _l("Please write the telephone number with its area code, for example 0201 123456.")
TOO_SHORT = _l("This telephone number is too short. Please check whether a digit is missing.")
TOO_LONG = _l("This telephone number is too long. Please check whether a digit is too many. Leave out extensions.")
NO_SUCH_COUNTRY = _l("We do not know the country of this telephone number. German numbers begin with 0 or +49.")
UNKNOWN = _l("This telephone number does not exist. Please check its digits.")
COSTLY = _l("We do not call this telephone number, because calls to it cost extra. Please give another one.")

WRONG_LENGTHS: dict[int, LazyText] = {
    ValidationResult.TOO_SHORT: TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: TOO_SHORT,
    ValidationResult.TOO_LONG: TOO_LONG,
    ValidationResult.INVALID_LENGTH: UNKNOWN,
    ValidationResult.INVALID_COUNTRY_CODE: NO_SUCH_COUNTRY,
}


def read(typed: str) -> str:
    """The number as it is kept. Raises Unreadable, with a sentence that helps."""
    line = " ".join(western(typed).split())
    if len(line) > LONGEST or not TYPED.fullmatch(line):
        raise Unreadable(NOT_A_NUMBER)
    if line.lstrip(" ([")[:1] not in {"+", "0"}:  # somebody else's number in another town, if we went on
        raise Unreadable(NO_AREA_CODE)
    try:
        number = phonenumbers.parse(line, COUNTRY)
    except NumberParseException as error:
        wrong_country = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
        raise Unreadable(NO_SUCH_COUNTRY if wrong_country else NOT_A_NUMBER) from error
    wrong = WRONG_LENGTHS.get(phonenumbers.is_possible_number_with_reason(number))
    if wrong is not None:
        raise Unreadable(wrong)
    if not phonenumbers.is_valid_number(number):
        raise Unreadable(UNKNOWN)
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE:
        raise Unreadable(COSTLY)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(kept: str) -> str:
    """+49 201 123456, as people read it; to be written from left to right."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(kept), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return kept


class PhoneField(TelField):
    """An optional telephone number: "" or one that can be called."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, **options)  # type: ignore[no-untyped-call]  # WTForms has no types
        self.type = "TelField"  # the same widget and direction on pages

    def process_formdata(self, valuelist: list[str]) -> None:
        """Strictly, and nothing typed is lost: a mistake comes back as it was typed."""
        self.data = ""
        if valuelist and valuelist[0].strip():
            try:
                self.data = read(valuelist[0])
            except Unreadable as error:
                raise ValueError(str(error)) from error

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else shown(self.data or "")
