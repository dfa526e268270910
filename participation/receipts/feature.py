"""What the receipts room offers the house: the door for everybody who comes back with a code."""

from participation.feature import Feature, NavigationItem
from participation.i18n import _l
from participation.receipts import views

feature = Feature(
    name="receipts",
    blueprints=[views.bp],
    navigation=[NavigationItem(_l("I have a receipt"), "receipts.find")],
)
