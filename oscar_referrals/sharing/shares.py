"""Writing shares: one insert each, for buttons that the operator offers, and a limited number."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import caches
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.sharing.channels import has_channel
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.placements import placement_of
from oscar_referrals.sharing.share_models import Share


def record_share(
    *,
    code: ReferralCode,
    channel: str,
    placement: str = "",
    campaign: str = "",
    now: datetime | None = None,
) -> Share | None:
    """Append that the owner of ``code`` shared it; None for a channel that is not offered, and for
    more than ``SHARE_LIMIT`` shares within ``TRY_WINDOW``, which no person makes."""
    # Whatever the operator offers, the link stands there to be copied.
    if channel != "copy" and not has_channel(code.program, channel):
        return None
    if _is_too_often(code):
        return None
    return Share.objects.create(
        program_id=code.program_id,
        code=code,
        channel=channel,
        placement=placement_of(placement),
        campaign=campaign[:60],
        shared_at=now or timezone.now(),
    )


def _is_too_often(code: ReferralCode) -> bool:
    cache = caches[conf.get().CACHE_ALIAS]
    key = f"oscar_referrals:shares:{code.pk}"
    cache.add(key, 0, timeout=int(conf.get().TRY_WINDOW.total_seconds()))
    try:
        return cache.incr(key) > conf.get().SHARE_LIMIT
    except ValueError:
        # It ran out between the two questions.
        return False
