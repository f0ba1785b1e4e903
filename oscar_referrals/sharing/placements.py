"""The places from which customers are invited to share, and whether an operator wants each.

A shop names its own with the setting ``PLACEMENTS``: dotted paths of `Placement` objects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.programs.models import Program


@dataclass(frozen=True, kw_only=True)
class Placement:
    """One place in the shop."""

    #: Stands in the link's ``p`` tag and in every count: at most 40 of ``a-z``, ``0-9``, ``-``.
    slug: str
    #: May be lazy, as the help.
    label: Any
    #: What an operator reads about it.
    help: Any = ""
    #: It can be left out: the others are where a link leads to, or comes from.
    has_switch: bool = True


#: Those that come with the system.
BUILT_IN = {
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


def registry() -> dict[str, Placement]:
    """Every place that the shop's operators know of, by slug: ours, then the shop's own.

    Raises ImproperlyConfigured for an entry of ``PLACEMENTS`` that is no placement.
    """
    own = map(placement_at, conf.get().PLACEMENTS)
    return {**BUILT_IN, **{placement.slug: placement for placement in own}}


def placement_at(path: str) -> Placement:
    """The placement that a dotted path names. Raises ImproperlyConfigured, with what is wrong."""
    try:
        placement = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"PLACEMENTS: {error}") from error
    if not isinstance(placement, Placement):
        raise ImproperlyConfigured(f"PLACEMENTS: {path} is no Placement.")
    if not SLUG.fullmatch(placement.slug):
        raise ImproperlyConfigured(f"PLACEMENTS: the slug of {path} does not fit a link.")
    if placement.slug in BUILT_IN:
        raise ImproperlyConfigured(f"PLACEMENTS: {path} has the slug of a place of ours.")
    return placement


def is_on(program: Program, slug: str) -> bool:
    """Does the operator want customers to be invited from this place? A place that nobody has
    registered is on."""
    return slug not in program.placements_off


def is_automatic(slug: str) -> bool:
    """Does the place appear by itself, without a tag in the shop's own templates?"""
    return slug in conf.get().AUTOMATIC_PLACEMENTS


def placement_of(text: str) -> str:
    """A place that an address names, which may be one of the shop's own; else the portal."""
    return text if SLUG.fullmatch(text) else PORTAL
