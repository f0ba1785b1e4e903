"""What an operator offers: which channels, in which order, and from which places."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.channels import registry
from oscar_referrals.sharing.placements import registry as placements


def offer_channels(*, program: Program, slugs: Sequence[str]) -> None:
    """Offer exactly these channels, in this order. Raises KeyError for one that doesn't exist."""
    known = registry()
    program.share_channels = [known[slug].slug for slug in dict.fromkeys(slugs)]
    program.save(update_fields=["share_channels"])


def switch_placements_off(*, program: Program, slugs: Collection[str]) -> None:
    """Invite from everywhere but these places. Those without a switch stay on."""
    program.placements_off = [
        slug for slug, placement in placements().items() if slug in slugs and placement.has_switch
    ]
    program.save(update_fields=["placements_off"])
