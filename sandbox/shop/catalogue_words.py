"""Names that the sandbox keeps in the database, for the templates to show in every language.

Oscar has one name per category, attribute and payment source. Products keep theirs, as brands do.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

CATEGORIES = (
    _("Coffee"),
    _("Tea"),
    _("Brewing"),
    _("Cups & table"),
    _("Pantry & gifts"),
)
DESCRIPTIONS = (
    _("Roasted on Tuesdays and Fridays, sent the day after."),
    _("Leaves, flowers and roots, most of them grown above a thousand metres."),
    _("Tools that do one thing well, and that can be repaired."),
    _("What stands on the table while the water boils."),
    _("Sweet things for the toast, and boxes to give away."),
)
ATTRIBUTES = (
    _("Care"),
    _("Material"),
    _("Origin"),
    _("Roast"),
    _("Size"),
    _("Steep"),
    _("Tastes of"),
    _("Weight"),
)
PAYMENT_SOURCES = (
    _("Card (demo)"),
    _("Bank transfer"),
    _("TestPay (demo)"),
)
