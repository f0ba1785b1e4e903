"""Messages with sample data, for staff who look at or edit their texts. Writes nothing.

The figures are those of the program's version; people, dates, codes and orders are made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from django.utils.translation import get_language

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.membership import latest_terms
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.terms_change import TermsChange
from oscar_referrals.messages import events
from oscar_referrals.messages.about_people import about_claim
from oscar_referrals.messages.about_reward import about_reward
from oscar_referrals.messages.about_terms import about_change, about_receipt, receipt_in
from oscar_referrals.messages.addresses import absolute_url, shop_url
from oscar_referrals.messages.compose import render_event, with_addresses
from oscar_referrals.messages.kinds import Kind, Purpose
from oscar_referrals.messages.sentences import (
    CONDITIONS,
    FOR_THE_ADVOCATE,
    PROMISES,
    sentences,
)
from oscar_referrals.money import VOUCHER_UNIT, format_day
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, ProgramVersion, TermsVersion
from oscar_referrals.programs.tellable import why_no_reward
from oscar_referrals.rewards.entitlements import figures_in
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.links import share_url
from oscar_referrals.sharing.models import ReferralCode

CODE = "KAWANKOP7"
VOUCHER = "HADIAH2SAMPLE"
ORDER_NUMBER = "100042"
State = Reward.State
#: In which state a reward is told of by which message.
STATES = {
    events.FRIEND_ORDERED: State.PENDING,
    events.FRIEND_REWARD_EARNED: State.PENDING,
    events.REWARD_WITHDRAWN: State.VOIDED,
    events.FRIEND_REWARD_WITHDRAWN: State.VOIDED,
}


@dataclass(frozen=True)
class Preview:
    """A message as it would be sent."""

    subject: str
    text: str
    html: str


def preview(kind: Kind, version: ProgramVersion, language: str) -> Preview | None:
    """The message in a language; None where the version has nothing that it would be about.

    Raises compose.BrokenText.
    """
    with translation.override(language):
        context = _context(kind, version)
        if context is None:
            return None
        texts = render_event(
            kind.event,
            with_addresses(
                context,
                user=_person(),
                unsubscribe_url=_stop_url(kind, version),
                preferences_url=absolute_url(version.program, "referrals:mails"),
            ),
        )
    return Preview(texts["subject"], texts["body"], texts["html"])


def _person(first_name: str = "Siti") -> Any:
    """Somebody who is not stored."""
    # A shop's own model of accounts may have no such columns; a mail asks for the attributes.
    person: Any = get_user_model()()
    person.first_name, person.email = first_name, "siti@shop.example"
    return person


def _stop_url(kind: Kind, version: ProgramVersion) -> str:
    if not kind.can_be_switched_off:
        return ""
    return absolute_url(version.program, "referrals:stop-mails", "sample")


def _context(kind: Kind, version: ProgramVersion) -> dict[str, Any] | None:
    if kind.purpose is Purpose.REWARD:
        reward = _reward(kind, version)
        return about_reward(reward) if reward is not None else None
    return _news(kind.event, version)


def _news(event: str, version: ProgramVersion) -> dict[str, Any] | None:
    program, now = version.program, timezone.now()
    code = _code(version)
    until = now + timedelta(days=version.attribution_days)
    to_friend = event == events.FRIEND_DECLINED
    has_receipt = event in (events.JOINED, events.TERMS_ACCEPTED)
    accepted = _acceptance(version) if has_receipt else None
    context: dict[str, Any] = {
        "program": program,
        "code": code.pretty,
        "share_url": share_url(code),
        "promises": sentences(version, PROMISES),
        "open_claims": 1,
        "friend": "",
        "until": format_day(until),
        "order_number": ORDER_NUMBER,
        "ordered_on": format_day(now),
        "reason": (reasons.shopper_text if to_friend else why_no_reward)(reasons.EXISTING_CUSTOMER),
        "conditions": sentences(version, CONDITIONS),
        "invited_by": "Mei",
        "receipt": receipt_in(program, accepted) if accepted is not None else None,
        "is_accepted": True,
        "note": "",
    }
    if event == events.TERMS_ACCEPTED:
        return about_receipt(program, accepted) if accepted is not None else None
    if event == events.TERMS_CHANGED:
        return about_change(program, _change(version))
    if event == events.FRIEND_CLAIMED:
        return {**context, "promises": sentences(version, FOR_THE_ADVOCATE)}
    if event == events.FRIEND_WELCOME:
        claim = Claim(program=program, version=version, code=code, claimed_at=now, expires_at=until)
        return about_claim(claim)
    if event in (events.FOLLOW_UP_THANKS, events.FOLLOW_UP_HELP):
        return {**context, "action_url": shop_url(program)}
    return context


def _acceptance(version: ProgramVersion) -> TermsAcceptance | None:
    """Of the version's own words in the preview's language; a draft has none yet."""
    language = get_language() or settings.LANGUAGE_CODE
    terms = latest_terms(version, language)
    if terms is None:
        return None
    return TermsAcceptance(
        terms=terms, accepted_at=timezone.now(), language=language, method="account"
    )


def _change(version: ProgramVersion) -> TermsChange:
    """From the version before it, if there is one: else nothing differs."""
    earlier = version.program.versions.filter(number__lt=version.number).first() or version
    accepted = TermsAcceptance(
        terms=TermsVersion(version=earlier),
        accepted_at=earlier.published_at or timezone.now(),
        method="account",
    )
    return TermsChange(accepted, version)


def _code(version: ProgramVersion) -> ReferralCode:
    advocate = Advocate(program=version.program, user=_person("Mei"), show_name=True)
    return ReferralCode(program=version.program, advocate=advocate, code=CODE)


def _reward(kind: Kind, version: ProgramVersion) -> Reward | None:
    """One that the version would give to the side that the message goes to."""
    incentive = next(
        (
            item
            for item in version.incentives.prefetch_related("amounts").order_by("position", "pk")
            if item.side == kind.to and not item.at_till
        ),
        None,
    )
    if incentive is None:
        return None
    now = timezone.now()
    amount = next(iter(incentive.amounts.all()), None)
    currency = amount.currency if amount is not None else ""
    figures = figures_in(incentive, currency)
    is_fixed = incentive.value_type == Incentive.ValueType.FIXED
    fixed = figures.value if is_fixed and figures is not None else None
    days = incentive.validity_days
    return Reward(
        key="sample",
        program=version.program,
        referral=Referral(
            program=version.program,
            version=version,
            code=_code(version),
            order_number=ORDER_NUMBER,
            created_at=now,
        ),
        incentive=incentive,
        side=kind.to,
        kind=incentive.kind,
        state=STATES.get(kind.event, State.AVAILABLE),
        reason=reasons.ORDER_CANCELLED if kind.event in events.WITHDRAWN else "",
        unit=VOUCHER_UNIT if fixed is None else currency,
        amount=1 if fixed is None else fixed,
        percent=incentive.percent,
        currency=currency,
        created_at=now,
        hold_until=now + timedelta(days=version.hold_days),
        available_at=None if kind.event in STATES else now,
        expires_at=now + timedelta(days=days) if days else None,
        voucher_code=VOUCHER if kind.event not in STATES and _has_code(incentive) else "",
        owner=_person(),
    )


def _has_code(incentive: Incentive) -> bool:
    return incentive.kind in (Incentive.Kind.VOUCHER, Incentive.Kind.FREE_SHIPPING)
