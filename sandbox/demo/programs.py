"""The three programs of the demonstration: one that ended, the live one, and one being prepared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.utils import timezone

from oscar_referrals.programs.drafts import create_program, draft_of
from oscar_referrals.programs.models import (
    DraftTerms,
    Incentive,
    IncentiveAmount,
    IncentiveTier,
    Limit,
    Program,
)
from oscar_referrals.programs.publish import publish

from . import people
from .terms_pages import create_terms_pages

#: Typed terms stand beside the pages, for whoever takes `TERMS_SOURCE` out of the settings.
TYPED = {
    "en-gb": "One household may refer another, but nobody may refer themselves.",
    "ms": "Sebuah rumah boleh merujuk rumah lain, tetapi tiada sesiapa boleh merujuk diri sendiri.",
    "id": "Satu rumah boleh mengajak rumah lain, tetapi tidak boleh mengajak diri sendiri.",
}


@dataclass(frozen=True)
class Promise:
    """What one version promises; amounts in sen."""

    friend_value: int | None = None
    friend_percent: int | None = None
    friend_minimum: int = 8000
    friend_maximum: int | None = None
    advocate_kind: str = Incentive.Kind.VOUCHER
    advocate_value: int = 2000
    advocate_minimum: int = 0
    validity_days: int = 180
    hold_days: int = 14
    #: Rewards that an advocate gets in 30 days at most; None: as many as friends order.
    most_in_a_month: int | None = None
    #: What a reward is worth from which friend on, after ``advocate_value``.
    tiers: tuple[tuple[int, int], ...] = ()
    #: Days until the program ends by itself; None: it has no last day.
    days_to_run: int | None = None


PILOT = Promise(
    friend_percent=10,
    friend_minimum=5000,
    friend_maximum=2500,
    advocate_kind=Incentive.Kind.CREDIT,
    advocate_value=1000,
    validity_days=540,
)
FIRST = Promise(friend_value=1500, advocate_value=1500)
SECOND = Promise(friend_value=2000, advocate_value=2000, advocate_minimum=5000, most_in_a_month=3)
THIRD = Promise(
    friend_value=2500,
    friend_minimum=10000,
    advocate_value=2000,
    advocate_minimum=5000,
    validity_days=365,
    most_in_a_month=5,
    tiers=((5, 2500), (10, 3000)),
    days_to_run=60,
)
FESTIVE = Promise(friend_percent=15, friend_minimum=10000, friend_maximum=4000, advocate_value=2500)


def begin(name: str, slug: str, promise: Promise) -> Program:
    """A program in draft, with its rules and its terms in all languages."""
    program = create_program(site=Site.objects.get_current(), name=name, slug=slug)
    write_draft(program, promise)
    return program


def write_draft(program: Program, promise: Promise) -> None:
    """Put ``promise`` into the program's draft."""
    version = draft_of(program=program)
    version.hold_days = promise.hold_days
    version.ends_at = _last_midnight(promise.days_to_run)
    version.save()
    version.incentives.all().delete()
    percent = promise.friend_percent
    friend = Incentive.objects.create(
        version=version,
        side=Incentive.Side.FRIEND,
        value_type="percent" if percent else "fixed",
        percent=percent,
    )
    IncentiveAmount.objects.create(
        incentive=friend,
        currency="MYR",
        value=promise.friend_value,
        minimum=promise.friend_minimum,
        maximum=promise.friend_maximum,
    )
    advocate = Incentive.objects.create(
        version=version,
        side=Incentive.Side.ADVOCATE,
        kind=promise.advocate_kind,
        value_type="fixed",
        validity_days=promise.validity_days,
    )
    IncentiveAmount.objects.create(
        incentive=advocate,
        currency="MYR",
        value=promise.advocate_value,
        minimum=promise.advocate_minimum,
    )
    for from_number, value in promise.tiers:
        IncentiveTier.objects.create(
            incentive=advocate, from_number=from_number, currency="MYR", value=value
        )
    version.limits.all().delete()
    if promise.most_in_a_month is not None:
        Limit.objects.create(
            version=version,
            scope=Limit.Scope.ADVOCATE,
            window=Limit.Window.MONTH,
            measure=Limit.Measure.COUNT,
            amount=promise.most_in_a_month,
        )
    for language, text in TYPED.items():
        DraftTerms.objects.update_or_create(
            version=version, language=language, defaults={"text": text}
        )


def _last_midnight(days: int | None) -> datetime | None:
    if days is None:
        return None
    last = timezone.localtime() + timedelta(days=days)
    return last.replace(hour=0, minute=0, second=0, microsecond=0)


def operator() -> Any:
    """The account that runs the shop."""
    return get_user_model().objects.get(email=people.OPERATOR.email)


def go_live(program: Program) -> None:
    """Prepare the terms pages of the draft and publish it."""
    create_terms_pages(program)
    publish(version=draft_of(program=program), actor=operator())
    program.refresh_from_db()
