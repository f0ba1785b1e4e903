"""What waits for a person, in words and with what to do, for staff who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.insight.attention import Attention, attention
from oscar_referrals.insight.budgets import budgets_in_use
from oscar_referrals.insight.spikes import many_guesses, spikes
from oscar_referrals.money import format_moment, format_money, format_number

#: Who may decide about the credit of an order.
ASSIGN = ("oscar_referrals.view_referral", "oscar_referrals.assign_referral")


#: Who may decide what was paid outside the shop.
BY_HAND = ("oscar_referrals.view_referral", "oscar_referrals.adjust_reward")


@dataclass(frozen=True)
class Notice:
    """One thing that waits."""

    text: str
    #: What to do about it.
    advice: str
    url: str = ""
    link: str = ""


def for_staff(user: Any) -> list[Notice]:
    """What waits for a person, as far as ``user`` may see it."""
    now = timezone.now()
    found = attention(now)
    notices = [*_payment_facts(found, user), *_shipping_facts(found, user), *_jobs(found)]
    notices += _settlements(found, user)
    if user.has_perms(ASSIGN):
        notices += _credits(found)
    if user.has_perms(BY_HAND):
        notices += _outside(found)
    if user.has_perm("oscar_referrals.view_referral"):
        notices += _spikes(now)
    if user.has_perm("oscar_referrals.view_program"):
        notices += _budgets()
    if user.has_perm("oscar_referrals.view_outboxmessage"):
        notices += _messages(found)
    return notices


def credits_for_staff(user: Any) -> list[Notice]:
    """Of these, the decisions about the credit of an order, which nobody but staff can make."""
    if not user.has_perms(ASSIGN):
        return []
    return _credits(attention(timezone.now()))


def _payment_facts(found: Attention, user: Any) -> list[Notice]:
    waiting = found.orders_without_payment_facts
    if not waiting:
        return []
    return [
        Notice(
            text=ngettext(
                "%(number)s order waits for payment facts, so nobody is rewarded for it yet.",
                "%(number)s orders wait for payment facts, so nobody is rewarded for them yet.",
                waiting,
            )
            % {"number": format_number(waiting)},
            advice=_(
                "Neither a payment nor a status says whether they are paid. Name the statuses that "
                "mean “paid” in the setting PAID_STATUSES, or record payments with your orders."
            ),
            **_to_pending_rewards(user),
        )
    ]


def _shipping_facts(found: Attention, user: Any) -> list[Notice]:
    waiting = found.orders_without_shipping_facts
    if not waiting:
        return []
    return [
        Notice(
            text=ngettext(
                "%(number)s order waits for shipping facts, so nobody is rewarded for it yet.",
                "%(number)s orders wait for shipping facts, so nobody is rewarded for them yet.",
                waiting,
            )
            % {"number": format_number(waiting)},
            advice=_(
                "The hold begins when an order is sent, and nothing in the shop says so. Record "
                "shipping events with your orders, or name the statuses in the settings "
                "SHIPPED_STATUSES and DELIVERED_STATUSES."
            ),
            **_to_pending_rewards(user),
        )
    ]


def _to_pending_rewards(user: Any) -> dict[str, str]:
    if not user.has_perm("oscar_referrals.view_reward"):
        return {}
    url = reverse("oscar_referrals_dashboard:referrals-reward-list")
    return {"url": f"{url}?state=pending", "link": _("Show pending rewards")}


def _budgets() -> list[Notice]:
    return [
        Notice(
            text=_("“%(program)s” has given or promised %(committed)s of its budget of %(budget)s.")
            % {
                "program": use.program.name,
                "committed": format_money(use.committed, use.currency),
                "budget": format_money(use.budget, use.currency),
            },
            advice=_(
                "When it is used up, friends are told that the offer is, and rewards are recorded "
                "as limited. A new version can raise the budget, and helps those who took the "
                "offer before as well."
            ),
            url=reverse(
                "oscar_referrals_dashboard:referrals-program-detail", args=[use.program.pk]
            ),
            link=_("Open the program"),
        )
        for use in budgets_in_use()
        if use.is_low
    ]


def _jobs(found: Attention) -> list[Notice]:
    notices = [
        Notice(
            text=_("The periodic job “%(job)s” failed: %(error)s")
            % {"job": job.name, "error": job.error or _("some rows could not be handled")},
            advice=_(
                "It tries again by itself at its next run. If this notice stays, "
                "show it to whoever looks after the server."
            ),
        )
        for job in found.failed_jobs
    ]
    if found.work_is_late:
        last = _("It has never run.")
        if found.last_work is not None:
            last = _("It last ran on %(moment)s.") % {"moment": format_moment(found.last_work)}
        notices.append(
            Notice(
                text=_("The periodic work is late: rewards stay on hold and mails unsent."),
                advice=last + " " + _("Let cron run “manage.py referrals_work” every few minutes."),
            )
        )
    return notices


def _settlements(found: Attention, user: Any) -> list[Notice]:
    failed = found.failed_settlements
    if not failed:
        return []
    may_see = user.has_perm("oscar_referrals.view_referral")
    return [
        Notice(
            text=ngettext(
                "The rewards of %(number)s referral could not be brought up to date.",
                "The rewards of %(number)s referrals could not be brought up to date.",
                failed,
            )
            % {"number": format_number(failed)},
            advice=_("It is tried again every hour."),
            url=reverse("oscar_referrals_dashboard:referrals-attention") if may_see else "",
            link=_("See what is wrong"),
        )
    ]


def _outside(found: Attention) -> list[Notice]:
    waiting = found.settlements_waiting
    if not waiting:
        return []
    return [
        Notice(
            text=ngettext(
                "%(number)s settlement outside the shop waits for a second person.",
                "%(number)s settlements outside the shop wait for a second person.",
                waiting,
            )
            % {"number": format_number(waiting)},
            advice=_("Somebody other than who asked has to agree or to refuse."),
            url=reverse("oscar_referrals_dashboard:referrals-settlement-list"),
            link=_("Look at them"),
        )
    ]


def _credits(found: Attention) -> list[Notice]:
    url = reverse("oscar_referrals_dashboard:referrals-assignment-list")
    notices = []
    if found.credits_waiting:
        notices.append(
            Notice(
                text=ngettext(
                    "%(number)s credit by hand waits for a second person.",
                    "%(number)s credits by hand wait for a second person.",
                    found.credits_waiting,
                )
                % {"number": format_number(found.credits_waiting)},
                advice=_("Somebody other than who asked has to agree or to refuse."),
                url=url,
                link=_("Look at them"),
            )
        )
    if found.late_claims:
        notices.append(
            Notice(
                text=ngettext(
                    "%(number)s friend has said after the order who invited them.",
                    "%(number)s friends have said after the order who invited them.",
                    found.late_claims,
                )
                % {"number": format_number(found.late_claims)},
                advice=_("Credit the order by hand, or decline."),
                url=url,
                link=_("Look at them"),
            )
        )
    return notices


def _spikes(now: datetime) -> list[Notice]:
    referrals = reverse("oscar_referrals_dashboard:referrals-referral-list")
    notices = [
        Notice(
            text=_(
                "The links of the code %(code)s were opened %(number)s times within an hour, "
                "usually %(usual)s times."
            )
            % {
                "code": spike.code.pretty,
                "number": format_number(spike.touches),
                "usual": format_number(round(spike.usual)),
            },
            advice=_(
                "A post that many people read, or a program that opens it: look at what came of "
                "it, and block the code if it is abused."
            ),
            url=f"{referrals}?{urlencode({'q': spike.code.code})}",
            link=_("Show its referrals"),
        )
        for spike in spikes(now)
    ]
    if guesses := many_guesses(now):
        notices.append(
            Notice(
                text=ngettext(
                    "%(number)s code that doesn’t exist was tried within an hour.",
                    "%(number)s codes that don’t exist were tried within an hour.",
                    guesses,
                )
                % {"number": format_number(guesses)},
                advice=_(
                    "Somebody may be guessing codes. Each visitor’s tries are limited, and nobody "
                    "learns which codes exist; a mailing with a wrong code looks the same."
                ),
            )
        )
    return notices


def _messages(found: Attention) -> list[Notice]:
    failed = found.messages_given_up
    if not failed:
        return []
    return [
        Notice(
            text=ngettext(
                "%(number)s message could not be sent and was given up.",
                "%(number)s messages could not be sent and were given up.",
                failed,
            )
            % {"number": format_number(failed)},
            advice=_("Check the mail settings of the shop, then send them again."),
            url=reverse("oscar_referrals_dashboard:referrals-message-list") + "?state=failed",
            link=_("Show them"),
        )
    ]
