"""What a reward is and what earns it, for every kind and trigger."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.money import babel_locale, currency_name, format_money, format_percentage
from oscar_referrals.programs.models import Incentive, IncentiveAmount, IncentiveTier
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.own_kind import own_words
from oscar_referrals.programs.rules.products import limited_range

Kind, Trigger, Side = Incentive.Kind, Incentive.Trigger, Incentive.Side
FIXED = Incentive.ValueType.FIXED


def is_plain(incentive: Incentive) -> bool:
    """A discount voucher for the friend's first order, whose sentences `Value` makes."""
    return incentive.kind == Kind.VOUCHER and incentive.trigger == Trigger.FIRST_ORDER


def worth(incentive: Incentive, figures: IncentiveAmount) -> str:
    """The reward in a few words, without what earns it; empty while it has no value yet."""
    fixed = incentive.value_type == FIXED
    if incentive.kind == Kind.FREE_SHIPPING:
        return _with_maximum(_("free delivery of one order"), figures)
    amount = format_money(figures.value, figures.currency) if fixed and figures.value else ""
    percent = format_percentage(incentive.percent) if incentive.percent and not fixed else ""
    if not (amount or percent):
        return ""
    if incentive.kind == Kind.CREDIT:
        if fixed:
            return _("%(amount)s of store credit") % {"amount": amount}
        text = _("store credit of %(percent)s of the goods after discounts")
        return _with_maximum(text % {"percent": percent}, figures)
    if incentive.kind == Kind.VOUCHER:
        return _voucher(incentive, figures, amount or percent)
    return own_words(incentive, figures) or _("a reward worth %(value)s") % {
        "value": amount or percent
    }


def _voucher(incentive: Incentive, figures: IncentiveAmount, value: str) -> str:
    """With what it can be used for: no other sentence speaks of that."""
    products = limited_range(incentive)
    if products and figures.minimum:
        text = _(
            "a voucher for %(value)s off products of “%(range)s”, if they come to %(minimum)s or "
            "more"
        )
    elif products:
        text = _("a voucher for %(value)s off products of “%(range)s”")
    elif figures.minimum:
        text = _("a voucher for %(value)s off an order of %(minimum)s or more")
    elif incentive.value_type == FIXED:
        return _("a voucher for %(amount)s") % {"amount": value}
    else:
        return _with_maximum(
            _("a voucher for %(percent)s off one order") % {"percent": value}, figures
        )
    names = {
        "value": value,
        "range": products,
        "minimum": format_money(figures.minimum, figures.currency),
    }
    return _with_maximum(text % names, figures)


def _with_maximum(text: str, figures: IncentiveAmount) -> str:
    if figures.maximum is None:
        return text
    return _("%(reward)s (%(maximum)s at most)") % {
        "reward": text,
        "maximum": format_money(figures.maximum, figures.currency),
    }


class Promise:
    """What one side gets for what, in one currency; alternatives are said in one sentence."""

    def __init__(
        self, alternatives: Sequence[Incentive], currency: str, *, several: bool, key: str
    ) -> None:
        self.incentive = alternatives[0]
        self.alternatives = [
            (incentive, figures)
            for incentive in alternatives
            for figures in incentive.amounts.all()
            if figures.currency == currency
        ]
        self.currency = currency
        #: The version has figures in more than one currency.
        self.several = several
        self.key = f"{key}-{currency}" if several else key

    def clauses(self) -> list[Clause]:
        """One sentence; none while there is no value."""
        said = [text for incentive, row in self.alternatives if (text := worth(incentive, row))]
        if not said:
            return []
        what = said[0]
        if len(said) > 1:
            options = format_list(said, style="or", locale=babel_locale())
            what = _("one of these, by choice: %(options)s") % {"options": options}
        threshold = max(row.threshold for _incentive, row in self.alternatives)
        number = self.incentive.number or 0
        text = self._sentence(number, bool(threshold)) % {
            "what": what,
            "number": number,
            "threshold": format_money(threshold, self.currency),
        }
        if self.several:
            text = _("For orders in %(currency)s: %(sentence)s") % {
                "currency": currency_name(self.currency),
                "sentence": text,
            }
        return [Clause(key=self.key, section=self.incentive.side, text=text)]

    def _sentence(self, number: int, threshold: bool) -> str:
        if self.incentive.side == Side.FRIEND:
            return self._friends(number, threshold)
        match self.incentive.trigger:
            case Trigger.SIGN_UP:
                return _("When a friend registers, the advocate who invited them gets %(what)s.")
            case Trigger.NTH_ORDER:
                return _(
                    "For the friend's order number %(number)d, the advocate who invited them gets "
                    "%(what)s."
                )
            case Trigger.MILESTONE:
                return ngettext(
                    "After %(number)d successful referral, the advocate gets %(what)s.",
                    "After %(number)d successful referrals, the advocate gets %(what)s.",
                    number,
                )
            case Trigger.EVERY_NTH:
                return ngettext(
                    "For every %(number)d successful referral, the advocate gets %(what)s.",
                    "For every %(number)d successful referrals, the advocate gets %(what)s.",
                    number,
                )
        if threshold or self.incentive.trigger == Trigger.ORDER_OVER:
            return _(
                "For the friend's first order of %(threshold)s or more, the advocate who invited "
                "them gets %(what)s."
            )
        return _("For the friend's first order, the advocate who invited them gets %(what)s.")

    def _friends(self, number: int, threshold: bool) -> str:
        match self.incentive.trigger:
            case Trigger.SIGN_UP:
                return _("When the friend registers, the friend gets %(what)s.")
            case Trigger.NTH_ORDER:
                return _("For order number %(number)d, the friend gets %(what)s.")
            case Trigger.MILESTONE:
                return ngettext(
                    "The friend whose order is the advocate's successful referral number "
                    "%(number)d gets %(what)s.",
                    "The friend whose order is the advocate's successful referral number "
                    "%(number)d gets %(what)s.",
                    number,
                )
            case Trigger.EVERY_NTH:
                return ngettext(
                    "Every friend gets %(what)s.",
                    "Out of every %(number)d friends of an advocate, the last one gets %(what)s.",
                    number,
                )
        if self.incentive.at_till:
            return _("With the first order, the friend gets %(what)s.")
        if threshold or self.incentive.trigger == Trigger.ORDER_OVER:
            return _("For a first order of %(threshold)s or more, the friend gets %(what)s.")
        return _("After the first order, the friend gets %(what)s.")


class Threshold:
    """What the friend's order must come to for a voucher that `Value` speaks of."""

    def __init__(self, incentive: Incentive, figures: IncentiveAmount) -> None:
        self.incentive = incentive
        self.figures = figures

    def clauses(self) -> list[Clause]:
        """One sentence per currency that has a threshold."""
        if self.incentive.at_till or not self.figures.threshold:
            return []
        text = _("The friend's order must come to at least %(threshold)s.") % {
            "threshold": format_money(self.figures.threshold, self.figures.currency)
        }
        key = f"{self.incentive.side}-threshold-{self.figures.currency}"
        return [Clause(key=key, section=self.incentive.side, text=text)]


class Tiers:
    """From which successful referral on a reward is worth something else."""

    def __init__(self, incentive: Incentive, *, key: str) -> None:
        self.incentive = incentive
        self.key = key

    def clauses(self) -> list[Clause]:
        """One sentence per tier."""
        return [
            Clause(
                key=f"{self.key}-{tier.from_number:04}-{tier.currency}",
                section=self.incentive.side,
                text=_(
                    "From the advocate's successful referral number %(number)d on, it is "
                    "%(value)s instead."
                )
                % {"number": tier.from_number, "value": _tier_value(tier)},
            )
            for tier in self.incentive.tiers.all()
        ]


def _tier_value(tier: IncentiveTier) -> str:
    if tier.percent is not None:
        return format_percentage(tier.percent)
    return format_money(tier.value or 0, tier.currency)
