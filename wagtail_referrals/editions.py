"""A terms page published with other words adds an edition to the version that is in force."""

from __future__ import annotations

import logging

from wagtail.log_actions import log

from oscar_referrals.programs.models import ProgramVersion, TermsVersion
from oscar_referrals.programs.publish import PublishRefused, refreeze_terms
from wagtail_referrals.models import ReferralTermsMixin
from wagtail_referrals.terms_source import is_terms_source

#: The entries in the page's history; whoever published it may be a schedule or a workflow.
REFUSED = "wagtail_referrals.refused"
IN_FORCE = "wagtail_referrals.in_force"
WAITING = "wagtail_referrals.waiting"
logger = logging.getLogger(__name__)


def freeze_words(model: type[ReferralTermsMixin], page_id: int) -> list[TermsVersion]:
    """Freeze the live words of a page if they are for the current version of its program.

    Words for a draft wait until it is published; the same words again change nothing.
    """
    page = model._default_manager.filter(pk=page_id).select_related("version", "program").first()
    if page is None or not page.live or not is_terms_source():
        return []
    current = page.program.current_version
    if current is None or page.words_for_id() != current.pk:
        if page.version is not None and page.version.status == ProgramVersion.Status.DRAFT:
            log(instance=page, action=WAITING, data={"version": page.version.number})
        return []
    try:
        editions = refreeze_terms(version=current)
    except PublishRefused as refusal:
        logger.warning(
            "The new words of terms page %s were not frozen: %s",
            page_id,
            "; ".join(refusal.problems),
        )
        log(instance=page, action=REFUSED, data={"problems": [str(p) for p in refusal.problems]})
        return []
    for edition in editions:
        if edition.language == page.terms_language:
            data = {"version": edition.version.number, "edition": edition.sequence}
            log(instance=page, action=IN_FORCE, data=data)
    return editions
