"""What is written of a program elsewhere and not what it says, told on the program's page."""

from __future__ import annotations

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals import conf
from oscar_referrals.dashboard.notices import Notice
from oscar_referrals.money import format_number
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.refused import refused_elsewhere

#: Pages and mails are read again after so many seconds.
KEPT = 120


def of_texts(version: ProgramVersion) -> list[Notice]:
    """That people read statements in pages and mails which ``version`` does not bear out."""
    cache, key = caches[conf.get().CACHE_ALIAS], f"oscar_referrals:refused:{version.pk}"
    number = cache.get(key)
    if number is None:
        number = len(refused_elsewhere(version))
        cache.set(key, number, KEPT)
    if not number:
        return []
    return [
        Notice(
            text=ngettext(
                "%(number)s statement on a page or in a mail is not what the program says.",
                "%(number)s statements on pages or in mails are not what the program says.",
                number,
            )
            % {"number": format_number(number)},
            advice=_("Correct it where it stands, or let it pass with a reason."),
            url=reverse("oscar_referrals_dashboard:referrals-statements", args=[version.pk]),
            link=_("Refused statements"),
        )
    ]
