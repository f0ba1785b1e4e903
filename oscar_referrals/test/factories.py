"""Programs, advocates and codes for tests, made by the functions that the shop itself calls.

Nothing here inserts a row that the services would not: a program is published, an advocate joins,
a code is created. So what a test starts from can exist.

    program = live_program()                                  # RM 20 off from RM 80; RM 15 back
    program = live_program(friend={"percent": 15, "maximum": 5000}, hold_days=0)
    program = live_program(friend=None, friend_delivery={"maximum": 1000})
    member = advocate(program)                                # has joined and accepted the terms
    code = referral_code(program)                             # of a new advocate
    version = draft_version(friend={"value": 1000})           # not published
    version = publish_again(program, friend={"value": 1000})  # version 2 is current

Figures of a side, all in minor units: ``value`` or ``percent``, ``minimum``, ``maximum``,
``validity_days``, ``range`` (an Oscar Range) and ``amounts``, a dictionary of currencies with
their own ``value``, ``minimum`` and ``maximum`` for programs in several currencies. What else an
incentive has by the names of its fields: ``kind``, ``trigger``, ``number``, ``choice``,
``position``; ``tiers`` is a dictionary of the first number of each with its fields.
``limits`` is a list of dictionaries: ``scope``, ``amount``, ``window`` (default: for ever) and, for
money, ``currency``; without one the limit is a number of rewards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import factory
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site

from oscar_referrals import conf
from oscar_referrals.members.membership import join
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.drafts import create_program, draft_of
from oscar_referrals.programs.models import (
    DraftTerms,
    Incentive,
    IncentiveAmount,
    IncentiveTier,
    Limit,
    Program,
    ProgramVersion,
)
from oscar_referrals.programs.publish import publish
from oscar_referrals.programs.typed_words import title_in, unknown_to_settings
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode

FRIEND: Mapping[str, Any] = {"value": 2000, "minimum": 8000}
ADVOCATE: Mapping[str, Any] = {"value": 1500, "validity_days": 90}
#: Keys of a side's figures that differ by currency.
PER_CURRENCY = ("value", "minimum", "maximum", "threshold")


class SiteFactory(factory.django.DjangoModelFactory):
    """Another site than the one of the settings, for programs beside each other."""

    class Meta:
        model = Site

    domain = factory.Sequence(lambda n: f"shop{n}.example")
    name = factory.Sequence(lambda n: f"Shop {n}")


class UserFactory(factory.django.DjangoModelFactory):
    """A customer with the password "password"."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"customer{n}@shop.example")
    first_name = factory.Sequence(lambda n: f"Name{n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        fields = {field.name for field in model_class._meta.get_fields()}
        if "username" in fields:
            kwargs.setdefault("username", kwargs["email"].partition("@")[0])
        password = kwargs.pop("password", "password")
        return model_class._default_manager.create_user(password=password, **kwargs)


def default_site() -> Site:
    """The site of the settings."""
    return Site.objects.get_or_create(
        pk=getattr(settings, "SITE_ID", 1),
        defaults={"domain": "shop.example", "name": "Shop"},
    )[0]


def draft_version(
    *,
    program: Program | None = None,
    site: Site | None = None,
    name: str = "Bring a friend",
    friend: Mapping[str, Any] | None = FRIEND,
    advocate: Mapping[str, Any] | None = ADVOCATE,
    friend_delivery: Mapping[str, Any] | None = None,
    advocate_delivery: Mapping[str, Any] | None = None,
    terms: Mapping[str, str] | None = None,
    limits: Sequence[Mapping[str, Any]] | None = None,
    more: Sequence[Mapping[str, Any]] = (),
    **rules: Any,
) -> ProgramVersion:
    """A draft with both incentives and terms in every language. ``rules`` are version fields.

    ``friend`` or ``advocate`` None leaves that side out. ``friend_delivery`` and
    ``advocate_delivery`` give free delivery, beside it or instead. ``more`` has figures like
    theirs, each with its ``side``, for incentives besides these.
    """
    program = program or create_program(site=site or default_site(), name=name)
    version = draft_of(program=program)
    for field, value in rules.items():
        setattr(version, field, value)
    version.save()
    _set_side(version, Incentive.Side.FRIEND, friend)
    _set_side(version, Incentive.Side.ADVOCATE, advocate)
    for figures in more:
        _add_incentive(version, figures["side"], figures)
    for side, delivery in (
        (Incentive.Side.FRIEND, friend_delivery),
        (Incentive.Side.ADVOCATE, advocate_delivery),
    ):
        if delivery is not None:
            _add_incentive(version, side, {"kind": Incentive.Kind.FREE_SHIPPING, **delivery})
    if limits is not None:
        _set_limits(version, limits)
    for language in conf.get().languages:
        text = (terms or {}).get(language, "The shop's general terms apply as well.")
        for kind in unknown_to_settings():
            text += f"\n\n{title_in(kind, language)}\nAsk in the shop."
        DraftTerms.objects.update_or_create(
            version=version, language=language, defaults={"text": text}
        )
    return ProgramVersion.objects.select_related("program").get(pk=version.pk)


def live_program(**figures: Any) -> Program:
    """A published, live program; takes what `draft_version` takes."""
    version = publish(version=draft_version(**figures))
    return Program.objects.select_related("current_version", "friend_offer", "advocate_offer").get(
        pk=version.program_id
    )


def publish_again(program: Program, **figures: Any) -> ProgramVersion:
    """Publish the program's next version; takes what `draft_version` takes."""
    return publish(version=draft_version(program=program, **figures))


def advocate(
    program: Program, *, user: Any = None, language: str | None = None, show_name: bool = False
) -> Advocate:
    """An advocate who has accepted the terms."""
    return join(
        program=program,
        user=user or UserFactory(),
        language=language or conf.get().languages[0],
        method="test",
        show_name=show_name,
    )


def referral_code(program: Program, **kwargs: Any) -> ReferralCode:
    """The code of a new advocate; takes what `advocate` takes."""
    return code_for(advocate=advocate(program, **kwargs))


def _set_side(version: ProgramVersion, side: str, figures: Mapping[str, Any] | None) -> None:
    version.incentives.filter(side=side).delete()
    if figures is not None:
        _add_incentive(version, side, figures)


def _add_incentive(version: ProgramVersion, side: str, figures: Mapping[str, Any]) -> None:
    percent = figures.get("percent")
    incentive = Incentive.objects.create(
        version=version,
        side=side,
        kind=figures.get("kind", Incentive.Kind.VOUCHER),
        trigger=figures.get("trigger", Incentive.Trigger.FIRST_ORDER),
        number=figures.get("number"),
        choice=figures.get("choice", ""),
        position=figures.get("position", 0),
        value_type=Incentive.ValueType.FIXED if percent is None else Incentive.ValueType.PERCENT,
        percent=None if percent is None else Decimal(str(percent)),
        validity_days=figures.get("validity_days", _validity(side)),
        range=figures.get("range"),
    )
    same = {key: figures[key] for key in PER_CURRENCY if key in figures}
    amounts = figures.get("amounts") or {conf.get().currencies[0]: same}
    for currency, row in amounts.items():
        IncentiveAmount.objects.create(
            incentive=incentive,
            currency=currency,
            value=row.get("value"),
            minimum=row.get("minimum", 0),
            maximum=row.get("maximum"),
            threshold=row.get("threshold", 0),
        )
    for from_number, tier in figures.get("tiers", {}).items():
        IncentiveTier.objects.create(incentive=incentive, from_number=from_number, **tier)


def _set_limits(version: ProgramVersion, limits: Sequence[Mapping[str, Any]]) -> None:
    version.limits.all().delete()
    for limit in limits:
        measure = Limit.Measure.MONEY if limit.get("currency") else Limit.Measure.COUNT
        Limit.objects.create(version=version, **{"measure": measure, **limit})


def _validity(side: str) -> int | None:
    return 90 if side == Incentive.Side.ADVOCATE else None
