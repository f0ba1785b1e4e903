"""What the operator's templates need: money, moments and states in words, and two panels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oscar_referrals import money
from oscar_referrals.attribution.models import Referral
from oscar_referrals.dashboard import voucher_pages
from oscar_referrals.insight import movements, people
from oscar_referrals.messages.delivery import error_text
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.recipients import recipient_of
from oscar_referrals.programs import reasons, terms
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards import chart
from oscar_referrals.rewards.adjust import may_be_adjusted
from oscar_referrals.rewards.entitlements import figures_in
from oscar_referrals.rewards.extend import may_be_extended
from oscar_referrals.rewards.kinds import count_in_words, kind_of
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward
from oscar_referrals.rewards.outside import may_be_settled_outside
from oscar_referrals.rewards.words import is_free_delivery, value_of

register = template.Library()

NOTHING = "–"

#: How each state looks; every badge also says in words what it means.
BADGES = {
    "live": "success",
    "published": "success",
    "bound": "success",
    "available": "success",
    "redeemed": "success",
    "granted": "success",
    "sent": "success",
    "paused": "warning",
    "pending": "warning",
    "held": "warning",
    "waiting": "warning",
    "draft": "info",
    "stopped": "danger",
    "refused": "danger",
    "voided": "danger",
    "reversed": "danger",
    "failed": "danger",
}


@register.filter
def money_in(minor: int | None, currency: str) -> str:
    """Minor units of ``currency`` in words of the locale."""
    return NOTHING if minor is None else money.format_money(minor, currency)


@register.filter
def unit_amount(amount: int, unit: str) -> str:
    """An amount of the books: money, or a number of pieces."""
    if money.is_money(unit):
        return money.format_money(amount, unit)
    if unit == money.VOUCHER_UNIT:
        return ngettext("%(number)s voucher", "%(number)s vouchers", abs(amount)) % {
            "number": money.format_number(amount)
        }
    return count_in_words(unit, amount)


@register.filter
def unit_name(unit: str) -> str:
    """What the books count in: a currency by its code, or vouchers."""
    return pgettext("what is counted", "vouchers") if unit == money.VOUCHER_UNIT else unit


@register.filter
def reward_value(reward: Reward) -> str:
    """What a reward is worth: its amount, or the percentage of what it is spent on."""
    if money.is_money(reward.unit):
        return money.format_money(reward.net or reward.amount, reward.unit)
    if is_free_delivery(reward) or reward.unit != money.VOUCHER_UNIT:
        return value_of(reward)
    percent = reward.percentage
    return _("%(percentage)s discount") % {
        "percentage": money.format_percentage(percent) if percent is not None else NOTHING
    }


@register.filter
def gives_in(incentive: Incentive, currency: str) -> str:
    """What an incentive is worth in a currency, in a few words."""
    figures = figures_in(incentive, currency)
    return kind_of(incentive.kind).describe(incentive=incentive, figures=figures)


@register.filter
def reward_name(reward: Reward) -> str:
    """How staff call a reward: by the order that earned it, or by its kind and its own number."""
    if reward.source == reward.referral.order_number:
        return f"#{reward.source}"
    word = reward.source.partition("-")[0]
    texts = {
        "given": _("gift %(number)d"),
        "milestone": _("goal %(number)d"),
        "every": _("goal %(number)d"),
        "sign": _("registration %(number)d"),
    }
    return texts.get(word, _("reward %(number)d")) % {"number": reward.pk}


@register.filter
def holder(reward: Reward) -> str:
    """Whose it is: an account, a guest who has none yet, or one that is gone. One query of a
    reward that belongs to no account."""
    account = reward.advocate.user if reward.advocate is not None else reward.owner
    if account is None and reward.side == Incentive.Side.FRIEND:
        order = reward.referral.order
        if order is not None and order.guest_email:
            return str(_("Guest"))
    return person(account)


@register.filter
def may_extend(reward: Reward) -> bool:
    """Staff may give it more time."""
    return may_be_extended(reward)


@register.filter
def may_adjust(reward: Reward) -> bool:
    """Staff may make it worth more or less."""
    return may_be_adjusted(reward)


@register.filter
def may_settle_outside(reward: Reward) -> bool:
    """Staff may book that they have paid it outside the shop."""
    return may_be_settled_outside(reward)


@register.filter
def number(value: int) -> str:
    """A number as the locale writes it."""
    return money.format_number(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """The day in words of the locale."""
    return money.format_day(value) if value else NOTHING


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time in words of the locale."""
    return money.format_moment(value) if value else NOTHING


@register.filter
def person(user: Any) -> str:
    """How staff recognise an account: by its address, as everywhere in Oscar's dashboard."""
    if user is None:
        return _("Account gone")
    return str(getattr(user, "email", "") or user)


@register.filter
def addressee(message: OutboxMessage) -> str:
    """Who a mail goes to: the account, or a guest, whose address stays with the order."""
    if message.user is None and can_be_sent(message):
        return _("Guest")
    return person(message.user)


@register.filter
def can_be_sent(message: OutboxMessage) -> bool:
    """Somebody is left to write to."""
    return recipient_of(message) is not None


@register.filter
def reason_text(reason: str) -> str:
    """A reason code in words for staff; nothing for no reason."""
    return reasons.staff_text(reason) if reason else ""


@register.filter
def language_name(code: str) -> str:
    """The name of a language as the shop's settings have it."""
    return terms.language_name(code)


@register.filter
def event_name(event: str) -> str:
    """What a mail is about; the event's own name where a shop has added one."""
    kind = KINDS.get(event)
    return str(kind.name) if kind is not None else event


@register.filter
def mail_error(message: OutboxMessage) -> str:
    """Why it was not sent, in words for staff; empty if nothing went wrong."""
    return error_text(message)


@register.filter
def moved(amount: int, unit: str) -> str:
    """What an entry moved, with its sign; nothing where it moved nothing."""
    if not amount:
        return NOTHING
    return f"+{unit_amount(amount, unit)}" if amount > 0 else unit_amount(amount, unit)


@register.simple_tag
def cell_label(names: tuple[Any, ...], place: int) -> str:
    """The heading of a column, for the card that a row becomes on a small screen."""
    return str(names[place])


@register.filter
def entry_name(entry: LedgerEntry) -> str:
    """What an entry of the books says that happened, in the words of the statement."""
    return movements.name_of(entry)


@register.filter
def entry_reason(entry: LedgerEntry) -> str:
    """Why it happened, in words for staff; nothing where its name says all."""
    return reason_text(movements.reason_of(entry))


@register.filter
def debits_first(postings: Iterable[Posting]) -> list[Posting]:
    """The legs of an entry in the order in which bookkeepers read them."""
    return sorted(postings, key=lambda posting: (posting.amount < 0, posting.pk))


@register.filter
def account_name(account: LedgerAccount) -> str:
    """What an account is called in its program."""
    return chart.account_name(account.kind, account.program.booked_as)


@register.filter
def opposite(amount: int) -> int:
    """A credit as people write it: without the minus."""
    return -amount


@register.simple_tag(takes_context=True)
def rows_link(
    context: template.Context, name: str, value: int, permission: str, **query: str
) -> str:
    """A number that leads to its rows, for staff who may see them.

    The list gets the program and the period of the report that is being shown, and ``query``.
    """
    text = number(value)
    if not value or not context["request"].user.has_perm(f"oscar_referrals.{permission}"):
        return text
    period = context["figures"].period
    query |= {"start": period.start.isoformat(), "end": period.end.isoformat()}
    program = context["form"].cleaned_data.get("program")
    if program is not None:
        query["program"] = str(program.pk)
    url = reverse(f"oscar_referrals_dashboard:{name}")
    return format_html('<a href="{}?{}">{}</a>', url, urlencode(query), text)


@register.simple_tag
def state_badge(state: str, words: str) -> SafeString:
    """A state as a badge."""
    return format_html(
        '<span class="badge badge-{} rf-badge">{}</span>', BADGES.get(state, "secondary"), words
    )


@register.simple_tag
def referral_of_order(order: Any) -> Referral | None:
    """The referral behind an order, for the panel on Oscar's own page; one query."""
    return people.referral_of_order(order.number)


@register.simple_tag
def referral_life_of(user: Any) -> people.CustomerLife | None:
    """What a customer has to do with referrals; None for nothing at all."""
    return people.life_of(user)


@register.simple_tag
def page_of_vouchers(offer: Any, number: str | None) -> voucher_pages.NumberedPage:
    """Limit what Oscar's offer page lists to one page of its vouchers."""
    return voucher_pages.limit_vouchers(offer, number)
