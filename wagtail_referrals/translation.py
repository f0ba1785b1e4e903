"""What wagtail-localize does with a terms page, where a shop has it: the words are translated.

It takes the original's words wherever a translation has none, so that a page could come into force
in the wrong language.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

try:
    from wagtail_localize.fields import SynchronizedField
except ImportError:
    SynchronizedField = None

#: The fields with words.
FIELDS = ("opening", "section_words", "own_terms")


def same_in_all_languages(*names: str) -> list[Any]:
    """Fields that a translation has from its original and nobody sets apart: what it is for."""
    if SynchronizedField is None:
        return []
    return [SynchronizedField(name, overridable=False) for name in names]


def has_untranslated_words(page: Any) -> bool:
    """Does the terms page say something in the language that it was translated from?

    No query where wagtail-localize isn't installed; one for a page that it doesn't keep.
    """
    if not apps.is_installed("wagtail_localize"):
        return False
    from wagtail_localize.models import StringSegment, Translation

    translation = Translation.objects.filter(
        source__object=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return False
    ours = Q()
    for field in FIELDS:
        ours |= Q(context__path__startswith=f"{field}.")
    words = StringSegment.objects.filter(ours, source=translation.source_id)
    found: bool = (
        words.annotate_translation(page.locale_id).filter(translation__isnull=True).exists()
    )
    return found
