"""What the councils' room offers the house."""

from participation.councils import minutes_models as _minutes_tables  # noqa: F401  (the room's tables)
from participation.councils import proposal_models as _proposal_tables  # noqa: F401  (as above)
from participation.councils import public_models as _public_tables  # noqa: F401  (as above)
from participation.councils import resolution_models as _resolution_tables  # noqa: F401  (as above)
from participation.councils import rules
from participation.feature import Feature

feature = Feature(
    name="councils",
    rules=rules,
)
