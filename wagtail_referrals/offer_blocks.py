"""Blocks that say what the rules of the live program say: tiers, steps, the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks

from oscar_referrals.programs.live import LiveOffer
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules.promise import worth
from oscar_referrals.programs.tiers import in_tier
from wagtail_referrals.referral_block import GROUP, PREVIEW, ReferralBlock

Trigger = Incentive.Trigger


class Tier(NamedTuple):
    """One row of the table."""

    #: "From friend number 5 on".
    when: str
    #: What is earned then; more than one where the program has several currencies.
    rewards: list[str]


class TiersBlock(ReferralBlock):
    """What the number of successful referrals changes, as a table."""

    heading = blocks.CharBlock(label=gettext_lazy("Heading"), required=False, max_length=120)

    class Meta:
        icon = "table"
        group = GROUP
        label = gettext_lazy("Tiers table")
        description = gettext_lazy(
            "What is earned from which friend on. Shows nothing while the program has no tiers."
        )
        template = "wagtail_referrals/blocks/tiers.html"
        preview_template = PREVIEW
        preview_value = {"heading": gettext_lazy("The more friends, the more you get")}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the rows as ``tiers``."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        context["tiers"] = list(tiers_of(offer.version)) if offer else []
        return context


class StepsBlock(ReferralBlock):
    """How it works in three steps, for one of both sides (S47)."""

    heading = blocks.CharBlock(label=gettext_lazy("Heading"), required=False, max_length=120)
    side = blocks.ChoiceBlock(
        label=gettext_lazy("For whom"),
        choices=[
            (Incentive.Side.ADVOCATE.value, gettext_lazy("For people who recommend")),
            (Incentive.Side.FRIEND.value, gettext_lazy("For their friends")),
        ],
        default=Incentive.Side.ADVOCATE.value,
    )

    class Meta:
        icon = "list-ol"
        group = GROUP
        label = gettext_lazy("How it works")
        label_format = gettext_lazy("How it works: {side}")
        description = gettext_lazy("Three steps, always the same as on the shop's own pages.")
        template = "wagtail_referrals/blocks/steps.html"
        preview_template = PREVIEW
        preview_value = {"heading": "", "side": Incentive.Side.ADVOCATE.value}


class EndDateBlock(ReferralBlock):
    """The day on which the live version ends, and nothing where it has no end."""

    class Meta:
        icon = "date"
        group = GROUP
        label = gettext_lazy("End of the program")
        description = gettext_lazy(
            "Says until when the program runs. Shows nothing while it has no last day."
        )
        template = "wagtail_referrals/blocks/end_date.html"
        preview_template = PREVIEW
        preview_value: dict[str, Any] = {}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add when it ends as ``until``, and the terms' ``sentence`` that speaks of it."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        ends_at = offer.version.ends_at if offer else None
        if offer and ends_at:
            context["until"] = timezone.localtime(ends_at).isoformat(timespec="seconds")
            context["sentence"] = next(one.text for one in offer.clauses() if one.key == "dates")
        return context


def tiers_of(version: ProgramVersion) -> Iterator[Tier]:
    """The advocate's tiers and goals, from what is loaded: no query."""
    for incentive in version.incentives.all():
        if incentive.side != Incentive.Side.ADVOCATE:
            continue
        amounts = list(incentive.amounts.all())
        if incentive.trigger in (Trigger.MILESTONE, Trigger.EVERY_NTH):
            yield Tier(_goal(incentive), _worth(incentive, amounts, 1))
        elif tiers := incentive.tiers.all():
            for number in sorted({1, *(tier.from_number for tier in tiers)}):
                when = (
                    _("From friend number %(number)d on") % {"number": number}
                    if number > 1
                    else _("From the first friend on")
                )
                yield Tier(when, _worth(incentive, amounts, number))


def _goal(incentive: Incentive) -> str:
    number = incentive.number or 0
    if incentive.trigger == Trigger.EVERY_NTH:
        text = ngettext("For every friend", "For every %(number)d friends", number)
    else:
        text = ngettext("For the first friend", "Once for %(number)d friends", number)
    return text % {"number": number}


def _worth(incentive: Incentive, amounts: list[IncentiveAmount], number: int) -> list[str]:
    found = []
    for amount in amounts:
        better, figures = in_tier(incentive, amount, number)
        text = capfirst(worth(better, figures)) if figures is not None else ""
        if text and text not in found:
            found.append(text)
    return found
