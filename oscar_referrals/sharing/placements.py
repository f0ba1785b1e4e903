"""The places from which customers are invited to share, and whether an operator wants each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.programs.models import Program


@dataclass(frozen=True, kw_only=True)
class Placement:
    """One place in the shop."""

    #: Stands in the link's ``p`` tag and in every count.
    slug: str
    label: Any
    #: What an operator reads about it.
    help: Any
    #: It can be left out: the others are where a link leads to, or comes from.
    has_switch: bool = True


PLACEMENTS = {
    placement.slug: placement
    for placement in (
        Placement(
            slug="thank-you",
            label=_("Thank-you page"),
            help=_("After an order, when customers are most likely to recommend the shop."),
        ),
        Placement(
            slug="account-menu",
            label=_("Account menu"),
            help=_("The entry in the account’s menu. Whoever takes part always keeps it."),
        ),
        Placement(
            slug="order-history",
            label=_("Order history"),
            help=_("Above the list of one’s orders."),
        ),
        Placement(
            slug="order-mail",
            label=_("Order confirmation by mail"),
            help=_("At the end of the mail. Your developer adds it."),
        ),
        Placement(
            slug="product",
            label=_("Product page"),
            help=_("Below a product; the link leads friends to it. Your developer adds it."),
        ),
        Placement(
            slug="footer",
            label=_("Footer"),
            help=_("One line at the end of every page. Your developer adds it."),
        ),
        Placement(
            slug="landing",
            label=_("Page that a share link opens"),
            help=_("Invites friends who can’t use the offer to take part themselves."),
        ),
        Placement(
            slug="portal",
            label=_("Account page “Refer a friend”"),
            help=_("Where links are shared from."),
            has_switch=False,
        ),
    )
}
PORTAL = "portal"
#: What fits the ``p`` tag.
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def is_on(program: Program, slug: str) -> bool:
    """Does the operator want customers to be invited from this place? Unknown places count as one
    of the shop's own, which are on."""
    return slug not in program.placements_off


def is_automatic(slug: str) -> bool:
    """Does the place appear by itself, without a tag in the shop's own templates?"""
    return slug in conf.get().AUTOMATIC_PLACEMENTS


def placement_of(text: str) -> str:
    """A place that an address names, which may be one of the shop's own; else the portal."""
    return text if SLUG.fullmatch(text) else PORTAL
