"""Mails to friends about rewards of their own: whereto, in which language, how to use them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.models import Referral
from oscar_referrals.money import format_money
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.rules.voucher import CreditUse
from oscar_referrals.rewards.credit.lots import is_lot
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.words import figures_of


def language_of(reward: Reward) -> str:
    """The language that its owner joined in; a friend's else the one they took the offer in."""
    own = reward.advocate.language if reward.advocate is not None else ""
    if own or reward.side != Incentive.Side.FRIEND:
        return own
    claim = reward.referral.claim
    return claim.language if claim is not None else ""


def guest_address(subject: Referral | LateClaim | None) -> str:
    """The e-mail address of a friend without an account, from the order; empty if there is none."""
    order = subject.order if subject is not None else None
    return order.guest_email if order is not None else ""


def how_to_use(reward: Reward) -> list[str]:
    """Who may use it, and what for, in a sentence each."""
    if is_lot(reward):
        return [clause.text for clause in CreditUse().clauses()]
    found = [_("You can use it for one order, signed in. It is not paid out in money.")]
    incentive, figures = reward.incentive, figures_of(reward)
    if figures is not None and figures.minimum:
        minimum = format_money(figures.minimum, reward.currency)
        found.append(_("Minimum spend %(amount)s.") % {"amount": minimum})
    if incentive is not None and incentive.limited_to_products:
        found.append(_("Only for: %(products)s.") % {"products": incentive.range_name})
    return found
