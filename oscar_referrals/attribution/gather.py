"""Finding everybody who may get the credit for a friend: their claims, and links they opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Q, When

from oscar_referrals.attribution.candidates import Candidate
from oscar_referrals.attribution.choose import Choice, choose
from oscar_referrals.attribution.claims import WAYS, is_own
from oscar_referrals.attribution.models import Claim
from oscar_referrals.identity import email_key
from oscar_referrals.members.merged import credited_to
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.precedence import Way
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.touches import OPENED

#: More of each than a person ever has; keeps a forged session from making more work than that.
MOST = 50
#: Longer than any version remembers a link.
LONGEST = timedelta(days=730)
#: These count as the same from wherever they are known.
ANYWHERE = frozenset({Way.LINK, Way.NAME, Way.STAFF})


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Everybody who is considered, and the rows behind them by the candidates' ``source``."""

    candidates: list[Candidate] = field(default_factory=list)
    #: Does the first or the last of equals count? As the version said that reached them first.
    model: str = ProgramVersion.CreditModel.LAST
    claims: dict[str, Claim] = field(default_factory=dict)
    touches: dict[str, Touch] = field(default_factory=dict)

    def choose(self, *, at: datetime, shown: str = "") -> Choice:
        """Who counts of them."""
        return choose(self.candidates, model=self.model, at=at, shown=shown)


def gather(
    *,
    site_id: int,
    user: Any = None,
    key: str = "",
    visitor: str = "",
    in_hand: Iterable[int] = (),
    at: datetime,
) -> Gathered:
    """Who has invited this friend, of the programs of a site; at most two queries.

    ``key`` is the friend's keyed e-mail, ``visitor`` the pseudonym of their browser, ``in_hand``
    the claims that its session and basket hold. A claim that an order has used counts only if it is
    in hand. Links count where the visitor has a pseudonym: after a consent or a claim.
    """
    hand = set(in_hand)
    claims = {source_of_claim(claim): claim for claim in _claims(site_id, user, visitor, hand)}
    touches = {f"touch:{touch.pk}": touch for touch in _touches(site_id, visitor, at)}
    found: list[tuple[Candidate, ProgramVersion]] = []
    for claim in claims.values():
        # What the account took on another device is in this session, too, once it signs in.
        here = claim.visitor == visitor if claim.visitor else claim.pk in hand
        found.append((_of_claim(claim, here, user, key), claim.version))
    for touch in touches.values():
        version = _version_of(touch)
        if version is not None:
            found.append((_of_touch(touch, version, user, key), version))
    model = _model(found, at)
    candidates = [candidate for candidate, _version in found]
    if model == ProgramVersion.CreditModel.LAST:
        candidates = [_as_taken_last(item, claims.get(item.source)) for item in candidates]
    return Gathered(candidates=candidates, model=model, claims=claims, touches=touches)


def considered_beside(claim: Claim, *, user: Any, key: str, at: datetime) -> dict[str, Any]:
    """``inputs`` and ``candidates`` of the decision about what the till has shown: this claim.

    ``at`` is the moment of the order or registration; ``key`` the friend's keyed e-mail.
    """
    found = gather(
        site_id=claim.version.program.site_id,
        user=user,
        key=key,
        visitor=claim.visitor,
        in_hand=[claim.pk],
        at=at,
    )
    shown = source_of_claim(claim)
    return {
        "inputs": {"model": str(found.model), "at": at.isoformat(), "shown": shown},
        "candidates": found.choose(at=at, shown=shown).as_rows(),
    }


def gather_for_order(order: Any) -> Gathered:
    """Who had invited whoever placed an order; of a guest nobody knows. At most three queries."""
    user = order.user
    if user is None or order.site_id is None:
        return Gathered()
    seen = Claim.objects.filter(user=user).exclude(visitor="").order_by("-claimed_at")
    return gather(
        site_id=order.site_id,
        user=user,
        key=email_key(user.email),
        visitor=seen.values_list("visitor", flat=True).first() or "",
        at=order.date_placed,
    )


def source_of_claim(claim: Claim) -> str:
    """By what a candidate names the claim it stands for."""
    return f"claim:{claim.pk}"


def _claims(site_id: int, user: Any, visitor: str, hand: set[int]) -> list[Claim]:
    whose = Q(pk__in=hand)
    if user is not None:
        whose |= Q(user=user, used_at=None)
    if visitor:
        whose |= Q(visitor=visitor, used_at=None)
    return list(
        Claim.objects.filter(whose, program__site=site_id)
        # What was asked for after an order is for staff to decide.
        .exclude(method=Claim.Method.LATE)
        .select_related("version__program", "code__advocate", "code__program", "program")
        .order_by(Case(When(pk__in=hand, then=0), default=1), "-claimed_at", "-pk")[:MOST]
    )


def _touches(site_id: int, visitor: str, at: datetime) -> list[Touch]:
    """The first and the last opening of each code's link that is still remembered, or the last."""
    if not visitor:
        return []
    opened = (
        Touch.objects.filter(
            visitor=visitor,
            method__in=OPENED,
            occurred_at__gt=at - LONGEST,
            program__site=site_id,
        )
        .select_related("version__program", "program__current_version", "code__advocate")
        .order_by("-occurred_at", "-pk")[:MOST]
    )
    by_code: dict[int, list[Touch]] = {}
    for touch in opened:
        by_code.setdefault(touch.code_id, []).append(touch)
    kept: list[Touch] = []
    for of_code in by_code.values():
        good = [touch for touch in of_code if at < _link_ends(touch)]
        kept += {touch.pk: touch for touch in [of_code[0], *good[-1:]]}.values()
    return kept


def _version_of(touch: Touch) -> ProgramVersion | None:
    return touch.version or touch.program.current_version


def _link_ends(touch: Touch) -> datetime:
    version = _version_of(touch)
    days = version.link_days if version is not None else 0
    return touch.occurred_at + timedelta(days=days)


def _of_claim(claim: Claim, here: bool, user: Any, key: str) -> Candidate:
    way = WAYS[Claim.Method(claim.method)]
    return Candidate(
        kind=str(way if here or way in ANYWHERE else Way.SIGNED_IN),
        at=claim.claimed_at,
        source=source_of_claim(claim),
        version=claim.version.number,
        expires_at=claim.expires_at,
        channel=claim.channel,
        placement=claim.placement,
        campaign=claim.campaign,
        **_of_code(claim.code, user, key),
    )


def _of_touch(touch: Touch, version: ProgramVersion, user: Any, key: str) -> Candidate:
    return Candidate(
        kind=str(Way.LINK),
        at=touch.occurred_at,
        source=f"touch:{touch.pk}",
        version=version.number,
        expires_at=_link_ends(touch),
        channel=touch.channel,
        placement=touch.placement,
        campaign=touch.campaign,
        **_of_code(touch.code, user, key),
    )


def _of_code(code: ReferralCode, user: Any, key: str) -> dict[str, Any]:
    return {
        "code": code.code,
        "advocate": credited_to(code.advocate),
        "blocked_at": code.blocked_at,
        "is_own": is_own(code, user=user, key=key),
    }


def _as_taken_last(candidate: Candidate, claim: Claim | None) -> Candidate:
    """Where the last one counts, a claim is as late as the friend has taken it."""
    if claim is None or claim.taken_at is None:
        return candidate
    return replace(candidate, at=claim.taken_at)


def _model(found: list[tuple[Candidate, ProgramVersion]], at: datetime) -> str:
    """That of the version by which the friend was reached first, of those that still count."""
    standing = [
        (candidate.at, candidate.code, candidate.source, version.credit_model)
        for candidate, version in found
        if not candidate.is_own
        and (candidate.expires_at is None or at < candidate.expires_at)
        and candidate.at <= at
    ]
    return min(standing)[-1] if standing else ProgramVersion.CreditModel.LAST
