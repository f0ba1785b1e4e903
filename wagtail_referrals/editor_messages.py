"""What an editor is told after publishing a terms page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from oscar_referrals.programs.models import ProgramVersion
from wagtail_referrals import readiness
from wagtail_referrals.models import ReferralTermsMixin


def tell_what_publishing_did(request: HttpRequest, page: Any) -> None:
    """Say whether the words hold from now on, or wait for the version they were written for."""
    if not isinstance(page, ReferralTermsMixin) or not page.live or page.version is None:
        return
    if page.version.status == ProgramVersion.Status.DRAFT:
        messages.info(
            request,
            _(
                "These words wait for version %(number)d of “%(program)s”. Visitors see them once "
                "that version is published in the shop's dashboard, in all languages at once."
            )
            % {"number": page.version.number, "program": page.program.name},
        )
    elif problems := readiness.problems_of(page.version):
        # Another language's page may hold them back, which the form can't see.
        messages.warning(
            request,
            _("These words are not in force yet: %(problems)s") % {"problems": " ".join(problems)},
        )
    else:
        messages.info(
            request,
            _(
                "These words are in force now. Advocates who joined before keep the words that "
                "they accepted."
            ),
        )
