"""What keeps a draft from being published, each in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import currency_name, format_money
from oscar_referrals.programs.combinations import combination_problems
from oscar_referrals.programs.figures import incentive_of
from oscar_referrals.programs.hold_warnings import hold_warnings
from oscar_referrals.programs.models import Incentive, IncentiveAmount, Program, ProgramVersion
from oscar_referrals.programs.ranges import is_empty
from oscar_referrals.programs.refused import problems_elsewhere
from oscar_referrals.programs.terms import TermsSource

Side = Incentive.Side


class Problem(str):
    """Why a version can't be published, translated; and the part of a draft that mends it."""

    #: "friend", "advocate", "rules" or "words"; empty where several do, or none.
    part: str

    def __new__(cls, text: str, part: str = "") -> Problem:
        """The text itself, which also knows its part."""
        problem = super().__new__(cls, text)
        problem.part = part
        return problem


def problems_of(
    version: ProgramVersion,
    *,
    now: datetime | None = None,
    elsewhere: Iterable[str] | None = None,
) -> list[Problem]:
    """Why the version can't be published, translated; empty if it can.

    ``elsewhere`` is what `problems_elsewhere` has found already, if it was asked.
    """
    if version.status != ProgramVersion.Status.DRAFT:
        text = _("Version %(number)d has been published already.") % {"number": version.number}
        return [Problem(text)]
    parts: list[tuple[str, Iterable[str]]] = [
        ("", _program_problems(version)),
        ("rules", _version_problems(version, now or timezone.now())),
        ("friend", _friend_problems(incentive_of(version, Side.FRIEND))),
        ("advocate", _advocate_problems(incentive_of(version, Side.ADVOCATE))),
        ("", combination_problems(version)),
        ("", _delivery_problems(version)),
        ("", _currency_problems(version)),
        ("", _credit_problems(version)),
        ("words", terms_source().problems(version)),
        ("words", problems_elsewhere(version) if elsewhere is None else elsewhere),
    ]
    return [Problem(text, part) for part, problems in parts for text in problems]


def warnings_of(version: ProgramVersion) -> list[str]:
    """What can be published, but may not be meant; translated."""
    return [
        *_goods_for_nothing(incentive_of(version, Side.FRIEND)),
        *hold_warnings(version),
    ]


def terms_source() -> TermsSource:
    """The shop's source of terms, from the setting ``TERMS_SOURCE``."""
    source: TermsSource = conf.get().load("TERMS_SOURCE")()
    return source


def live_rival(program: Program) -> Program | None:
    """Another live program on the same site; at most one program of a site can be live."""
    return (
        Program.objects.filter(site_id=program.site_id, status=Program.Status.LIVE)
        .exclude(pk=program.pk)
        .first()
    )


def rival_text(rival: Program) -> str:
    """What to do about a rival."""
    return _(
        "“%(name)s” is live on this site, and a site has one live program at a time. Pause or end "
        "it first."
    ) % {"name": rival.name}


def _program_problems(version: ProgramVersion) -> Iterator[str]:
    if version.program.status == Program.Status.ENDED:
        yield _("This program has ended. Create a new program instead.")
    elif version.program.status == Program.Status.STOPPED:
        yield _("This program is stopped. Resume it before you publish a version.")
    elif rival := live_rival(version.program):
        yield rival_text(rival)


def _version_problems(version: ProgramVersion, now: datetime) -> Iterator[str]:
    if version.ends_at is not None and version.ends_at <= now:
        yield _("The end lies in the past. Choose a later end, or none.")
    yield from _invalid(version, exclude=("program", "published_by"))


def _friend_problems(incentive: Incentive | None) -> Iterator[str]:
    if incentive is None:
        yield _("Say what the friend gets.")
        return
    if incentive.value_type == Incentive.ValueType.PERCENT and incentive.percent is None:
        yield _("Enter the percentage that the friend gets.")
    if not incentive.amounts.all():
        yield _("Choose at least one currency for the friend's discount.")
    for row in _without_value(incentive):
        yield _(
            "Enter the amount that the friend gets in %(currency)s, or remove that currency."
        ) % {"currency": currency_name(row.currency)}
    if incentive.range is not None and is_empty(incentive.range):
        yield _(
            "“%(range)s” contains no product, so no friend would get the discount. Add products to "
            "it, or choose another range."
        ) % {"range": incentive.range.name}
    yield from _invalid(incentive, exclude=("version",))


def _advocate_problems(incentive: Incentive | None) -> Iterator[str]:
    if incentive is None:
        yield _("Say what the advocate gets.")
        return
    if incentive.value_type == Incentive.ValueType.PERCENT and incentive.percent is None:
        yield _("Enter the percentage that the advocate gets.")
    if not incentive.amounts.all():
        yield _("Choose at least one currency for the advocate's voucher.")
    for row in _without_value(incentive):
        yield _(
            "Enter the amount that the advocate gets in %(currency)s, or remove that currency."
        ) % {"currency": currency_name(row.currency)}
    if not incentive.validity_days and incentive.kind != Incentive.Kind.CREDIT:
        yield _("Say for how many days the advocate's voucher is valid.")
    if incentive.range is not None and is_empty(incentive.range):
        yield _(
            "“%(range)s” contains no product, so no advocate could use the voucher. Add products "
            "to it, or choose another range."
        ) % {"range": incentive.range.name}
    yield from _invalid(incentive, exclude=("version",))


def _delivery_problems(version: ProgramVersion) -> Iterator[str]:
    """Of free delivery that stands beside another incentive of its side."""
    for incentive in version.incentives.all():
        if incentive.kind != Incentive.Kind.FREE_SHIPPING:
            continue
        if incentive == incentive_of(version, incentive.side):
            continue
        if incentive.side == Side.ADVOCATE and not incentive.validity_days:
            yield _("Say for how many days the voucher for free delivery is valid.")
        if incentive.range is not None and is_empty(incentive.range):
            yield _(
                "“%(range)s” contains no product, so nobody would get free delivery. Add products "
                "to it, or choose another range."
            ) % {"range": incentive.range.name}
        yield from _invalid(incentive, exclude=("version",))


def _currency_problems(version: ProgramVersion) -> Iterator[str]:
    used = {
        row.currency for incentive in version.incentives.all() for row in incentive.amounts.all()
    }
    for currency in sorted(used.difference(conf.get().currencies)):
        yield _(
            "The shop's settings do not list %(currency)s. Remove it here, or add it to CURRENCIES."
        ) % {"currency": currency}


def _credit_problems(version: ProgramVersion) -> Iterator[str]:
    """What can't be paid with must not be promised."""
    gives_credit = any(row.kind == Incentive.Kind.CREDIT for row in version.incentives.all())
    if gives_credit and not conf.get().CREDIT_AT_CHECKOUT:
        yield _(
            "The shop's checkout does not take store credit yet. Have it added there (see the "
            "guide “Store credit”), and then set CREDIT_AT_CHECKOUT."
        )


def _goods_for_nothing(friend: Incentive | None) -> Iterator[str]:
    if friend is None or friend.value_type != Incentive.ValueType.FIXED:
        return
    for row in friend.amounts.all():
        if row.value and row.minimum <= row.value:
            yield _(
                "With a minimum of %(minimum)s and a discount of %(value)s, a friend may get goods "
                "for nothing."
            ) % {
                "minimum": format_money(row.minimum, row.currency),
                "value": format_money(row.value, row.currency),
            }


def _without_value(incentive: Incentive) -> list[IncentiveAmount]:
    if incentive.value_type != Incentive.ValueType.FIXED:
        return []
    if incentive.kind == Incentive.Kind.FREE_SHIPPING:
        # Worth what delivery costs.
        return []
    return [row for row in incentive.amounts.all() if not row.value]


def _invalid(row: Model, *, exclude: tuple[str, ...]) -> Iterator[str]:
    """What the fields' own validators say, named by field."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            field = str(getattr(row._meta.get_field(name), "verbose_name", name))
            for message in messages:
                yield _("%(field)s: %(message)s") % {
                    "field": field[:1].upper() + field[1:],
                    "message": message,
                }
