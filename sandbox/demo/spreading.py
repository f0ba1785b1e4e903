"""How the codes of the year spread: which buttons advocates press, and who opens what they sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.identity import visitor_key
from oscar_referrals.sharing.codes import active_code
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.opened import SCANNED
from oscar_referrals.sharing.shares import record_share
from oscar_referrals.sharing.sources import Source
from oscar_referrals.sharing.touches import record

if TYPE_CHECKING:
    from .year import Year

SHARES = 230
#: What the operator offers since the pilot, in this order.
OFFERED = ("native", "whatsapp", "telegram", "email", "facebook", "copy", "qr", "card")
#: How often each channel is chosen; how many look at what was sent by it; from which site.
CHANNELS: dict[str, tuple[int, tuple[int, ...], str]] = {
    "whatsapp": (40, (0, 1, 1, 2, 3, 5), ""),
    "native": (13, (0, 0, 1, 2), ""),
    "copy": (12, (0, 0, 1, 2), ""),
    "telegram": (9, (0, 1, 2, 4), ""),
    "email": (9, (0, 0, 1, 1), "mail.google.com"),
    "facebook": (8, (0, 2, 4, 7), "l.facebook.com"),
    "qr": (6, (1, 1, 2, 3), ""),
    "card": (3, (1, 2, 4), ""),
}
PLACEMENTS = {
    "portal": 42,
    "thank-you": 26,
    "account-menu": 12,
    "product": 9,
    "order-history": 7,
    "order-mail": 4,
}
#: Names of campaigns, with the days of the year, counted back from now, on which they ran.
CAMPAIGNS = (
    ("Harvest week", 170, 156),
    ("Open roastery", 84, 74),
    ("Newsletter", 52, 47),
    ("Newsletter", 22, 17),
    ("Year-end gifts", 12, 0),
)
#: Of so many who look, one takes the offer and never orders.
ONLY_CLAIMS = 12
#: Of those who share while a campaign runs, so many in ten share its page.
OF_TEN = 7


def way_of(random: Random, moment: datetime, now: datetime) -> Source:
    """The way by which something was shared at ``moment`` of a year that ends ``now``."""
    channel = random.choices(list(CHANNELS), [share for share, _looks, _site in CHANNELS.values()])
    placement = random.choices(list(PLACEMENTS), list(PLACEMENTS.values()))
    days_ago = (now - moment) / timedelta(days=1)
    running = [name for name, first, last in CAMPAIGNS if first >= days_ago >= last]
    campaign = running[0] if running and random.randrange(10) < OF_TEN else ""
    site = CHANNELS[channel[0]][2]
    return Source(
        channel=channel[0],
        placement=placement[0],
        campaign=campaign,
        source_host=site if random.random() < 0.7 else "",
    )


def plan_shares(year: Year) -> None:
    """More of them the nearer to now, as the program becomes known."""
    for _share in range(SHARES):
        year.at(0.4 + 348 * year.spread.random() ** 1.3, _tell, year)


def open_link(code: ReferralCode, way: Source, *, visitor: str = "", hours_ago: float = 0) -> None:
    """Somebody opens what was sent."""
    record(
        code=code,
        method=Touch.Method.QR if way.channel in SCANNED else Touch.Method.LINK,
        version=code.program.current_version,
        visitor=visitor,
        source=way,
        now=timezone.now() - timedelta(hours=hours_ago),
    )


def _tell(year: Year) -> None:
    """A member shares; within three days some look, and most of these do no more than that."""
    members = year.members()
    if not members:
        return
    member = members[min(int(year.spread.expovariate(0.12)), len(members) - 1)]
    code = active_code(member)
    now = timezone.now()
    way = way_of(year.spread, now, year.now)
    if code is None:
        return
    shared = record_share(
        code=code, channel=way.channel, placement=way.placement, campaign=way.campaign
    )
    if shared is None:
        # The pilot did not offer this channel.
        return
    for _look in range(year.spread.choice(CHANNELS[way.channel][1])):
        moment = now + timedelta(hours=year.spread.uniform(0.1, 70))
        if moment < year.now:
            year.plan_next(moment, _look_at, year, code, way)


def _look_at(year: Year, code: ReferralCode, way: Source) -> None:
    code.refresh_from_db()
    now = timezone.now()
    if not year.is_live or code.program_id != year.program.pk or code.is_dead(now):
        return
    open_link(code, way)
    if year.spread.randrange(ONLY_CLAIMS) == 0:
        # Taking the offer makes the shop know this browser; an order does not come of it.
        claim_offer(
            code=code,
            method=Claim.Method.LINK,
            visitor=visitor_key(f"looked at {code.pk}, {now}"),
            source=replace(way, consent=Touch.Consent.ASKED_FOR),
        )
