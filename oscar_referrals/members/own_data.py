"""What is kept about a person's part in programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oscar_referrals.identity import email_key
from oscar_referrals.members.models import (
    Advocate,
    KnownOrder,
    RewardPreference,
    TermsAcceptance,
)
from oscar_referrals.own_data import Section, item, record, section


def own_data(user: Any) -> list[Section]:
    """Memberships, accepted terms, chosen rewards, and which orders are known by the e-mail."""
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
    known = KnownOrder.objects.filter(email_key=email_key(user.email)).exclude(email_key="")
    return [
        section("memberships", _("My part in programs"), map(_membership, memberships)),
        section("accepted_terms", _("Terms that I accepted"), map(_acceptance, acceptances)),
        section("preferred_rewards", _("Rewards that I prefer"), map(_preference, preferences)),
        section(
            "known_orders",
            _("Orders by which I am known as a customer"),
            (record(row, "order_number", "placed_at") for row in known.order_by("placed_at")),
        ),
    ]


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
