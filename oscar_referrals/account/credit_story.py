"""Why an order counted for somebody, or did not: in words to whom it concerns, and only to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from oscar_referrals.attribution.considered import OwnStep, own_steps
from oscar_referrals.attribution.explain import customer_text
from oscar_referrals.attribution.gather import source_of_claim
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.members.proofs import proved_rows
from oscar_referrals.money import format_day
from oscar_referrals.programs import reasons

#: The newest of each are told.
SHOWN = 5


class OrderStory(NamedTuple):
    """An order that one has placed oneself with a friend's invitation."""

    title: str
    text: str
    steps: list[OwnStep]


class LostStory(NamedTuple):
    """An invitation of one's own that was considered for an order, and another one counts."""

    title: str
    why: str


def orders_of_friend(user: Any) -> list[OrderStory]:
    """The newest orders of this person with an invitation; those they placed as a guest only if
    their address is proved."""
    # Or as a guest who has made an account since (A11).
    person = Q(friend=user) | (Q(friend=None) & proved_rows(user, "friend_key"))
    placed = Referral.objects.filter(person, replaced_at=None).exclude(order_number="")
    return [
        OrderStory(
            title=_("Order %(number)s of %(day)s")
            % {"number": referral.order_number, "day": format_day(referral.created_at)},
            text=customer_text(referral),
            steps=own_steps(list(referral.decisions.all())),
        )
        for referral in placed.prefetch_related(_credit_decisions()).order_by("-pk")[:SHOWN]
    ]


def lost_to_others(user: Any) -> list[LostStory]:
    """Invitations of this advocate that were considered for an order that another one was
    credited with. Names nobody, no order and no other code.
    """
    bound = Referral.objects.filter(
        program=OuterRef("program"), state=Referral.State.BOUND
    ).exclude(order_number="")
    by_account = bound.filter(friend=OuterRef("user")).exclude(advocate__user=user)
    by_browser = bound.filter(claim__visitor=OuterRef("visitor")).exclude(advocate__user=user)
    of_them = Claim.objects.filter(code__advocate__user=user, used_at=None)
    claims = list(
        of_them.filter(
            (Q(user__isnull=False) & Exists(by_account)) | (~Q(visitor="") & Exists(by_browser))
        ).order_by("-pk")[:SHOWN]
    )
    if not claims:
        return []
    why = _reasons(claims)
    return [
        LostStory(
            title=_("Invitation taken on %(day)s") % {"day": format_day(claim.claimed_at)},
            why=reasons.shopper_text(why[source]),
        )
        for claim in claims
        if (source := source_of_claim(claim)) in why
    ]


def _reasons(claims: Iterable[Claim]) -> dict[str, str]:
    """Why each was rejected, by the candidate's source; one query."""
    users = {claim.user_id for claim in claims if claim.user_id}
    visitors = {claim.visitor for claim in claims if claim.visitor}
    decisions = Decision.objects.filter(
        Q(referral__friend__in=users) | Q(referral__claim__visitor__in=visitors),
        referral__state=Referral.State.BOUND,
    )
    return {
        row["source"]: row["reason"]
        for rows in decisions.order_by("pk").values_list("candidates", flat=True)
        for row in rows
        if not row["chosen"]
    }


def _credit_decisions() -> Prefetch:
    found: QuerySet[Decision] = Decision.objects.filter(subject__startswith="referral:")
    return Prefetch("decisions", queryset=found.order_by("pk"))
