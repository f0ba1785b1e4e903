"""What is kept about a person's part in programs."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from oscar_referrals.members.known_customers import orders_of
from oscar_referrals.members.models import (
    Advocate,
    KnownOrder,
    RewardPreference,
    TermsAcceptance,
)
from oscar_referrals.members.proofs import proven_key
from oscar_referrals.own_data import Section, item, record, section


def own_data(user: Any) -> list[Section]:
    """Memberships, accepted terms, chosen rewards, proved addresses, and by which orders they are
    known."""
    memberships = Advocate.objects.filter(user=user).select_related("program").order_by("pk")
    acceptances = (
        TermsAcceptance.objects.filter(advocate__user=user)
        .select_related("terms__version__program")
        .order_by("accepted_at")
    )
    preferences = (
        RewardPreference.objects.filter(advocate__user=user)
        .select_related("advocate__program")
        .order_by("pk")
    )
    placed = orders_of(user, cancelled_orders_count=True).values("number")
    known = KnownOrder.objects.filter(order_number__in=placed)
    if key := proven_key(user):
        known |= KnownOrder.objects.filter(~Exists(_of_accounts()), email_key=key)
    proofs = sorted(user.referral_proofs.all(), key=lambda proof: proof.proved_at)
    return [
        section("memberships", _("My part in programs"), map(_membership, memberships)),
        section("accepted_terms", _("Terms that I accepted"), map(_acceptance, acceptances)),
        section("preferred_rewards", _("Rewards that I prefer"), map(_preference, preferences)),
        section(
            "known_orders",
            _("Orders by which I am known as a customer"),
            (record(row, "order_number", "placed_at") for row in known.order_by("placed_at")),
        ),
        section(
            "proved_addresses",
            _("E-mail addresses that I proved are mine"),
            (record(row, "proved_at", "ended_at", "email_key") for row in proofs),
        ),
    ]


def _of_accounts() -> Any:
    orders = get_model("order", "Order")._default_manager
    return orders.filter(number=OuterRef("order_number"), user__isnull=False)


def _membership(row: Advocate) -> list[Any]:
    return [
        item("program", _("Program"), row.program.name),
        *record(
            row,
            "created_at",
            "joined_at",
            "left_at",
            "language",
            "show_name",
            "alias",
            "on_leaderboard",
            "alias_hidden_at",
            "alias_hidden_reason",
        ),
        item("email_key", _("Keyed fingerprint of my e-mail"), row.email_key),
    ]


def _acceptance(row: TermsAcceptance) -> list[Any]:
    version = row.terms.version
    return [
        item("program", _("Program"), version.program.name),
        item("version", _("Version"), version.number),
        item("sha256", _("Fingerprint of the words"), row.terms.sha256),
        *record(row, "accepted_at", "language", "method"),
    ]


def _preference(row: RewardPreference) -> list[Any]:
    return [
        item("program", _("Program"), row.advocate.program.name),
        item("incentive", _("Reward"), row.incentive_id),
        *record(row, "choice", "stated_at"),
    ]
