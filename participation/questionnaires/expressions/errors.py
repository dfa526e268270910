"""What can be wrong with an expression, in sentences for the person who wrote it."""

from typing import Self


def N_(message: str) -> str:  # noqa: N802 - the name by which pybabel finds texts that are translated later
    return message


EMPTY = N_("The expression is empty.")
TOO_LONG = N_("The expression has %(length)s characters; %(limit)s are the most.")
TOO_DEEP = N_("The expression is nested more than %(limit)s levels deep.")
TOO_MANY_STEPS = N_("The expression needs more than %(limit)s steps to work out.")

UNEXPECTED = N_("“%(text)s” is not understood at this place.")
INCOMPLETE = N_("The expression ends here, but something is still missing, perhaps a value or a closing bracket.")
UNCLOSED_TEXT = N_("The text that begins here has no closing quotation mark.")
UNCLOSED_NAME = N_("A question is referred to as ${name}; here the name or a bracket is missing.")
BIG_NUMBER = N_("The number “%(text)s” is too big.")

PREDICATE = N_("Conditions in square brackets are not supported; a choice filter or indexed-repeat() may do the same.")
GROUP_PATH = N_("The path “%(path)s” leads to a group; it must end with the name of a question.")
OUTER_POSITION = N_("position() tells the number of the repeat it stands in, as position(..), and of no other.")

UNKNOWN_FUNCTION = N_("There is no function called %(name)s().")
WRONG_COUNT = N_("%(name)s() takes %(allowed)s values in its brackets, but here are %(given)s.")
NOT_A_NAME = N_("%(name)s() needs a question or a repeat here, written as ${name}.")
NESTED_REPEATS = N_("indexed-repeat() reaches into one repeat only, not into a repeat within a repeat.")
NOT_REPEATABLE = N_("%(name)s() gives another result each time, so an answer could not be checked again.")
OTHER_DATA = N_("%(name)s() reads other files or lists; here only answers and the columns of choices can be read.")
PATTERN = N_("The pattern “%(pattern)s” is not supported: %(reason)s.")
DATE_PATTERN = N_("“%(part)s” is not supported in a date; possible are %(allowed)s.")


class ExpressionError(Exception):
    """Why an expression cannot be read or worked out; `position` counts its characters from 1."""

    def __init__(self, message: str, position: int, **params: str | int) -> None:
        super().__init__(message, position, params)
        self.message = message
        self.position = position
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params

    def at(self, position: int) -> Self:
        """The same error, told by someone who knows the place."""
        return type(self)(self.message, position, **self.params)
