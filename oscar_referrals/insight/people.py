"""What one order or one customer has to do with referrals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.alphabet import canonical
from oscar_referrals.sharing.models import ReferralCode


def referral_of_order(order_number: str) -> Referral | None:
    """The referral of an order with all that a panel shows; one query."""
    return (
        Referral.objects.filter(order_number=order_number, replaced_at=None)
        .select_related("program", "version", "code", "advocate__user")
        .first()
    )


@dataclass
class Membership:
    """One program that a customer takes part in."""

    advocate: Advocate
    codes: list[ReferralCode] = field(default_factory=list)
    referrals: Counter[str] = field(default_factory=Counter)
    rewards: Counter[str] = field(default_factory=Counter)

    @property
    def credited(self) -> int:
        """Friends' orders credited to this customer."""
        return self.referrals[Referral.State.BOUND]

    @property
    def available(self) -> int:
        """Rewards that can be spent now."""
        return self.rewards[Reward.State.AVAILABLE]


@dataclass(frozen=True)
class CustomerLife:
    """A customer as a friend who was referred and as an advocate who refers."""

    referred_by: list[Referral]
    memberships: list[Membership]


def life_of(user: Any) -> CustomerLife | None:
    """Everything of one customer; five queries at most, None when there is nothing."""
    referred_by = list(
        Referral.objects.filter(friend=user).select_related("program", "code", "advocate__user")
    )
    memberships = {
        advocate.pk: Membership(advocate)
        for advocate in Advocate.objects.filter(user=user).select_related("program")
    }
    if memberships:
        _fill(memberships)
    elif not referred_by:
        return None
    return CustomerLife(referred_by, list(memberships.values()))


def _fill(memberships: dict[int, Membership]) -> None:
    for code in ReferralCode.objects.filter(advocate__in=memberships).order_by("pk"):
        memberships[code.advocate_id].codes.append(code)
    referrals = Referral.objects.filter(advocate__in=memberships).order_by()
    referrals = referrals.exclude(reason=reasons.GIVEN_BY_STAFF)
    for found in referrals.values("advocate_id", "state").annotate(number=Count("pk")):
        memberships[found["advocate_id"]].referrals[found["state"]] = found["number"]
    rewards = Reward.objects.filter(advocate__in=memberships).order_by()
    for found in rewards.values("advocate_id", "state").annotate(number=Count("pk")):
        memberships[found["advocate_id"]].rewards[found["state"]] = found["number"]


def search_referrals(referrals: QuerySet[Referral], text: str) -> QuerySet[Referral]:
    """Those that an operator means who types an order number, a code or an e-mail address.

    A guest's address is found through its keyed hash, since no address is stored. The keys are
    looked up first, so that the list itself needs no join and any part of it has an index.
    """
    text = text.strip()
    if not text:
        return referrals
    if "@" in text:
        key = email_key(text)
        users = _users(text)
        advocates = Advocate.objects.filter(Q(user__in=users) | Q(email_key=key))
        return referrals.filter(
            Q(friend_key=key)
            | Q(friend__in=users)
            | Q(advocate__in=list(advocates.values_list("pk", flat=True)))
        )
    number = text.lstrip("#")
    codes = ReferralCode.objects.filter(code=canonical(text)).values_list("pk", flat=True)
    rewards = Reward.objects.filter(Q(voucher_code=canonical(text)) | Q(spent_order_number=number))
    return referrals.filter(
        Q(order_number=number)
        | Q(code__in=list(codes))
        | Q(pk__in=list(rewards.values_list("referral_id", flat=True)))
    )


def search_rewards(rewards: QuerySet[Reward], text: str) -> QuerySet[Reward]:
    """Those that an operator means who types a voucher code, an order number or an e-mail."""
    text = text.strip()
    if not text:
        return rewards
    if "@" in text:
        users = _users(text)
        advocates = Advocate.objects.filter(Q(user__in=users) | Q(email_key=email_key(text)))
        return rewards.filter(
            Q(owner__in=users) | Q(advocate__in=list(advocates.values_list("pk", flat=True)))
        )
    number = text.lstrip("#")
    referrals = Referral.objects.filter(order_number=number).values_list("pk", flat=True)
    return rewards.filter(
        Q(voucher_code=canonical(text))
        | Q(spent_order_number=number)
        | Q(referral__in=list(referrals))
    )


def search_codes(codes: QuerySet[ReferralCode], text: str) -> QuerySet[ReferralCode]:
    """Those that an operator means who types a code, or the e-mail address of its owner."""
    text = text.strip()
    if not text:
        return codes
    if "@" in text:
        return codes.filter(advocate__in=advocates_with(text))
    return codes.filter(code=canonical(text))


def advocates_with(email: str) -> list[int]:
    """Keys of the advocates who have this address, or had it when they began."""
    email = email.strip()
    found = Advocate.objects.filter(Q(user__in=_users(email)) | Q(email_key=email_key(email)))
    return list(found.values_list("pk", flat=True))


def _users(email: str) -> list[int]:
    users = get_user_model()._default_manager.filter(email__iexact=email)
    return list(users.values_list("pk", flat=True))
