"""The small language of show-if, constraint, calculation and choice filter, as XLSForm writes it."""

from participation.questionnaires.expressions.errors import ExpressionError
from participation.questionnaires.expressions.evaluator import Scope, evaluate
from participation.questionnaires.expressions.nodes import Expression, columns, references, to_json
from participation.questionnaires.expressions.parser import parse
from participation.questionnaires.expressions.values import Value, boolean, number, text

__all__ = [
    "Expression",
    "ExpressionError",
    "Scope",
    "Value",
    "boolean",
    "columns",
    "evaluate",
    "number",
    "parse",
    "references",
    "text",
    "to_json",
]
