"""Taking the offer: the claim pins what was live when the code first reached this friend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import get_language

from oscar_referrals import signals
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.known_customers import is_existing_customer
from oscar_referrals.members.merged import family, is_person
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.programs.rules import first_refusal, friend_rules
from oscar_referrals.programs.rules.base import Refusal, TillFacts
from oscar_referrals.programs.rules.precedence import RANK, Way
from oscar_referrals.programs.rules.window import ProgramWindow
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.sources import Source
from oscar_referrals.sharing.touches import UNKNOWN_SOURCE, record

#: How a claim is written down among the contacts with its code.
TOUCHES = {
    Claim.Method.TYPED: Touch.Method.TYPED,
    Claim.Method.NAME: Touch.Method.NAME,
    Claim.Method.STAFF: Touch.Method.STAFF,
}

#: What a claim is while it is in the hands of this browser.
WAYS = {
    Claim.Method.STAFF: Way.STAFF,
    Claim.Method.TYPED: Way.TYPED,
    Claim.Method.LINK: Way.CLAIMED,
    Claim.Method.VISIT: Way.LINK,
    Claim.Method.NAME: Way.NAME,
}

#: Is the budget of a version spent? The books know; whoever stands below them passes the question.
UsedUp = Callable[[ProgramVersion], bool]


class ClaimRefused(Exception):
    """The offer cannot be taken; `refusal` has the reason code and the figures of its sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def claim_offer(
    *,
    code: ReferralCode,
    method: str,
    version: ProgramVersion | None = None,
    user: Any = None,
    email: str = "",
    existing: Claim | None = None,
    visitor: str = "",
    source: Source = UNKNOWN_SOURCE,
    is_used_up: UsedUp | None = None,
) -> Claim:
    """Take the offer of ``code``, or return the claim this friend already has of it.

    ``version`` is what the friend was shown (default: the program's current one); it only counts
    for a new claim. ``existing`` is a claim the session knows. ``visitor`` is a pseudonym
    (`visitors.visitor_of`), ``source`` the way they came. ``is_used_up`` is asked whether nothing
    is left to give under that version. Raises ClaimRefused when the code is blocked, the
    friend's own, the program takes no claims, its budget is spent, or the friend is no new
    customer.
    """
    signed_in = user if user is not None and user.is_authenticated else None
    claim = _known_claim(code, signed_in, existing, visitor)
    version = claim.version if claim else version or code.program.current_version
    if version is None:
        raise ClaimRefused(Refusal(reason=reasons.UNKNOWN_CODE))
    refusal = claim_refusal(
        code=code,
        version=version,
        claim=claim,
        user=signed_in,
        email=email,
        is_used_up=is_used_up,
    )
    if refusal is not None:
        raise ClaimRefused(refusal)
    now = timezone.now()
    if claim is not None:
        _take_again(claim, method=method, user=signed_in, visitor=visitor, now=now)
        return claim
    claim = Claim.objects.create(
        program=code.program,
        version=version,
        code=code,
        user=signed_in,
        method=method,
        language="" if method == Claim.Method.STAFF else get_language() or "",
        visitor=visitor,
        channel=source.channel,
        placement=source.placement,
        campaign=source.campaign,
        claimed_at=now,
        expires_at=now + timedelta(days=version.attribution_days),
    )
    record(
        code=code,
        method=TOUCHES.get(Claim.Method(method), Touch.Method.CLAIM),
        version=version,
        visitor=visitor,
        source=source,
        now=now,
    )
    signals.announce(signals.offer_claimed, claim=claim)
    return claim


def recognise(claim_id: int, user: Any) -> None:
    """Whoever made this claim without an account has signed in or registered as ``user``.

    One query for a claim that has an account already; that one stays.
    """
    if Claim.objects.filter(pk=claim_id, user=None).update(user=user):
        claim = Claim.objects.select_related("code__advocate").get(pk=claim_id)
        signals.announce(signals.claim_recognised, claim=claim)


def _take_again(claim: Claim, *, method: str, user: Any, visitor: str, now: datetime) -> None:
    """Note when the friend took it last, and how, if that way counts more than the one before."""
    if user is not None and claim.user_id is None:
        recognise(claim.pk, user)
        claim.user = user
    claim.taken_at = now
    if _strength(method) < _strength(claim.method):
        claim.method = method
    claim.visitor = claim.visitor or visitor
    claim.save(update_fields=["taken_at", "method", "visitor"])


def _strength(method: str) -> int:
    way = WAYS.get(Claim.Method(method))
    return RANK[way] if way else len(RANK)


def claim_refusal(
    *,
    code: ReferralCode,
    version: ProgramVersion,
    claim: Claim | None = None,
    user: Any = None,
    email: str = "",
    is_used_up: UsedUp | None = None,
) -> Refusal | None:
    """Why this person may not take the offer (or no longer use the claim they have); else None."""
    now = timezone.now()
    key = email_key(user.email if user is not None else email)
    elsewhere = _registered_elsewhere(code, user=user, key=key)
    incentives: list[Incentive] = list(
        # No query of nobody known where the version's rules are loaded.
        version.incentives.all()
        if elsewhere is None
        else Incentive.objects.filter(version=version)
        .annotate(elsewhere=elsewhere)
        .order_by("position", "pk")
    )
    incentive = next((item for item in incentives if item.side == Incentive.Side.FRIEND), None)
    facts = TillFacts(
        now=now,
        currency=None,
        eligible_total=None,
        program_status=code.program.status,
        status_changed_at=code.program.status_changed_at,
        claimed_at=claim.claimed_at if claim else now,
        claim_expires_at=(
            claim.expires_at if claim else now + timedelta(days=version.attribution_days)
        ),
        # A claim made while the code still worked is honoured.
        code_blocked=code.blocked_at is not None or (claim is None and code.is_dead(now)),
        is_own_code=is_own(code, user=user, key=key),
        is_existing_customer=existing_customer(version, user=user, key=key),
        already_referred=already_referred(version, user=user, key=key),
        budget_is_spent=is_used_up is not None and is_used_up(version),
    )
    refusal = first_refusal(friend_rules(version, incentive, None), facts)
    if refusal is None and any(item.__dict__.get("elsewhere") for item in incentives):
        return Refusal(reason=reasons.ALREADY_REFERRED, params={"registered": True})
    return refusal


def usable_until(claim: Claim, program: Program) -> datetime:
    """Until when its discount is given as things stand: to its own end, or its program's."""
    window = ProgramWindow(claim.version)
    closes = window.closes(program.status, program.status_changed_at)
    return claim.expires_at if closes is None else min(claim.expires_at, closes)


def _registered_elsewhere(code: ReferralCode, *, user: Any, key: str) -> Exists | None:
    """Has this person registered through another advocate, for whom their first order counts?

    A condition of another query, so that asking costs none. None for whoever isn't known.
    """
    person = Q(friend_key=key) if key else Q()
    if user is not None:
        person |= Q(friend=user)
    if not person:
        return None
    bound = Referral.objects.filter(
        person, program=code.program_id, state=Referral.State.BOUND, order_number=""
    )
    return Exists(bound.exclude(advocate__in=family(code.advocate)).order_by())


def is_own(code: ReferralCode, *, user: Any, key: str) -> bool:
    """The friend is the advocate: the same account, or an e-mail of the same mailbox (F01, F02)."""
    return is_person(code.advocate, user=user, key=key)


def existing_customer(
    version: ProgramVersion, *, user: Any, key: str, excluding: str = ""
) -> bool | None:
    """Has this person ordered before, under the version's rule? None if nobody is known yet.

    Costs nothing when the version takes everybody.
    """
    if not version.new_customers_only:
        return False
    if user is None and not key:
        return None
    return is_existing_customer(
        user=user,
        key=key,
        cancelled_orders_count=version.cancelled_orders_count,
        excluding=excluding,
    )


def already_referred(version: ProgramVersion, *, user: Any, key: str) -> bool:
    """Is another order of this person credited in the program (a friend is referred once)?

    Costs nothing when the version takes new customers only: whoever was credited has ordered.
    """
    person = Q(friend_key=key) if key else Q()
    if user is not None:
        person |= Q(friend=user)
    if version.new_customers_only or not person:
        return False
    bound = Referral.objects.filter(program=version.program_id, state=Referral.State.BOUND)
    # Whoever has only registered still has the first order to place.
    bound = bound.exclude(order_number="")
    return bound.filter(person).exists()


def _known_claim(
    code: ReferralCode, user: Any, existing: Claim | None, visitor: str
) -> Claim | None:
    now = timezone.now()
    if (
        existing is not None
        and existing.code_id == code.pk
        and existing.used_at is None
        and existing.expires_at > now
    ):
        return existing
    whose = Q(user=user) if user is not None else Q()
    if visitor:
        # Another account of the same browser is another friend.
        whose |= Q(visitor=visitor, user=None)
    if not whose:
        return None
    return (
        Claim.objects.filter(whose, code=code, used_at=None, expires_at__gt=now)
        .select_related("version")
        .order_by("claimed_at")
        .first()
    )
