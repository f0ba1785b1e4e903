"""The story of an order: who was considered, who got the credit or why nobody did."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from oscar_referrals.attribution.considered import (
    OwnStep,
    Row,
    own_steps,
    rows_of,
    rows_of_unused,
)
from oscar_referrals.attribution.gather import gather_for_order
from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.money import format_day, format_money
from oscar_referrals.programs import reasons

#: What was paid outside the shop, and what was asked about it: an amount and a reference.
PAID_OUTSIDE = frozenset(
    {reasons.SETTLED_OUTSIDE, reasons.SETTLEMENT_ASKED, reasons.SETTLEMENT_REFUSED}
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that happened: when, what in a sentence, and the verdict if it was a decision."""

    at: datetime
    text: str
    verdict: str = ""
    #: For what staff did by hand: why, in their own words, and who; never for customers.
    note: str = ""
    actor: Any = None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """All that is known of one order, oldest first, in the active language."""

    order_number: str
    found: bool
    lines: list[Line] = field(default_factory=list)
    #: One sentence without anything about other people, for the customer's own page.
    customer_text: str = ""
    #: Everybody who was considered for the credit, whoever counts first; for staff.
    considered: list[Row] = field(default_factory=list)
    #: What the customer did that was considered, in words to them.
    own_steps: list[OwnStep] = field(default_factory=list)


def explain(order_number: str) -> Explanation:
    """Tell the story of an order from the stored rows. An unknown order answers ``found=False``."""
    known = Referral.objects.filter(order_number=order_number, replaced_at=None).exclude(
        order_number=""
    )
    referral = known.select_related("claim", "code", "version", "advocate__user").first()
    if referral is not None:
        return explain_referral(referral)
    decisions = Decision.objects.filter(order_number=order_number).exclude(order_number="")
    return _explanation(order_number, None, decisions)


def explain_referral(referral: Referral) -> Explanation:
    """The same for a referral, also for one without an order."""
    of_it = Q(referral=referral)
    if referral.order_number:
        of_it |= Q(order_number=referral.order_number)
    return _explanation(referral.order_number, referral, Decision.objects.filter(of_it))


def _explanation(
    order_number: str, referral: Referral | None, found: QuerySet[Decision]
) -> Explanation:
    decisions = _without_echoes(list(found.select_related("actor").order_by("id")))
    if referral is None and not any(_is_about_credit(decision) for decision in decisions):
        # It may have spent rewards, and been placed without a code all the same.
        story = _without_code(order_number)
        if not decisions:
            return story
        lines = sorted([*story.lines, *_lines(None, decisions)], key=lambda line: line.at)
        return replace(story, found=True, lines=lines)
    return Explanation(
        order_number=order_number,
        found=True,
        lines=_lines(referral, decisions),
        customer_text=customer_text(referral) if referral and order_number else "",
        considered=rows_of(decisions),
        own_steps=own_steps(decisions),
    )


def _without_code(order_number: str) -> Explanation:
    """Why nobody has the credit for an order whose credit nothing was decided about.

    Who had invited the customer is looked up now, as it was known when the order was placed.
    """
    orders = get_model("order", "Order")._default_manager.select_related("user")
    order = orders.filter(number=order_number).first() if order_number else None
    unused = _("No referral code was used with this order.")
    if order is None:
        return Explanation(order_number=order_number, found=False, customer_text=unused)
    text = _("The order was placed without a referral code, so nobody gets the credit for it.")
    return Explanation(
        order_number=order_number,
        found=True,
        lines=[Line(at=order.date_placed, text=text)],
        customer_text=unused,
        considered=rows_of_unused(gather_for_order(order).choose(at=order.date_placed)),
    )


def _lines(referral: Referral | None, decisions: list[Decision]) -> list[Line]:
    lines = _beginnings(referral) if referral else []
    lines += [
        Line(
            at=decision.decided_at,
            text=f"{_subject(decision)} {reasons.staff_text(decision.reason)}{_figure(decision)}",
            verdict=decision.get_verdict_display(),
            note=str(decision.inputs.get("note", "")),
            actor=decision.actor,
        )
        for decision in decisions
    ]
    return sorted(lines, key=lambda line: line.at)


def _without_echoes(decisions: list[Decision]) -> list[Decision]:
    """Without what `settle` decided in the same words right after staff had entered it."""
    return decisions[:1] + [
        later
        for earlier, later in pairwise(decisions)
        if "note" not in earlier.inputs
        or (earlier.subject, earlier.reason, earlier.verdict)
        != (later.subject, later.reason, later.verdict)
        or "note" in later.inputs
    ]


def _figure(decision: Decision) -> str:
    """What staff entered, in words: an amount or a day."""
    inputs, entered = decision.inputs, ""
    if decision.reason == reasons.EXTENDED:
        entered = format_day(datetime.fromisoformat(inputs["until"]))
    elif decision.reason == reasons.ADJUSTED:
        sign = "+" if inputs["by"] > 0 else ""
        entered = sign + format_money(inputs["by"], inputs["currency"])
    elif decision.reason in PAID_OUTSIDE and "value" in inputs:
        money = format_money(inputs["value"], inputs["currency"])
        entered = f"{money} · {inputs['reference']}"
    elif decision.reason == reasons.GIVEN_BY_STAFF and "amount" in inputs and "note" in inputs:
        entered = format_money(inputs["amount"], inputs["currency"])
    return f": {entered}" if entered else ""


def _beginnings(referral: Referral) -> list[Line]:
    lines = []
    claim = referral.claim
    if claim is not None:
        lines.append(
            Line(
                at=claim.claimed_at,
                text=_how_claimed(claim)
                % {"code": referral.code.pretty, "version": referral.version.number},
            )
        )
    if referral.signed_up_at is not None:
        lines.append(Line(at=referral.signed_up_at, text=_("The friend registered.")))
    if not referral.order_number:
        return lines
    text = _("Order placed: %(total)s, referral discount %(discount)s.") % {
        "total": format_money(referral.order_total, referral.currency),
        "discount": format_money(referral.saved, referral.currency),
    }
    return [*lines, Line(at=referral.created_at, text=text)]


def _how_claimed(claim: Claim) -> str:
    if claim.method == Claim.Method.TYPED:
        return _("The friend typed code %(code)s; version %(version)d was pinned.")
    if claim.method == Claim.Method.VISIT:
        return _("The friend opened the link of code %(code)s; version %(version)d was pinned.")
    if claim.method == Claim.Method.STAFF:
        return _("Staff entered code %(code)s; version %(version)d was pinned.")
    return _("The friend claimed the offer of code %(code)s; version %(version)d was pinned.")


def _is_about_credit(decision: Decision) -> bool:
    return decision.subject.startswith(("referral:", "assignment:"))


def _subject(decision: Decision) -> str:
    side = decision.subject.rsplit(":", 1)[-1]
    if _is_about_credit(decision):
        return _("Credit:")
    return _("Friend's side:") if side == "friend" else _("Advocate's side:")


def customer_text(referral: Referral) -> str:
    """One sentence to whoever placed the order, without anything about other people."""
    if referral.state == Referral.State.BOUND:
        return _("This order was placed with a friend's referral code.")
    return reasons.shopper_text(referral.reason) or _("The referral code did not count.")
