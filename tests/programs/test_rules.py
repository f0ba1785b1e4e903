from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, IncentiveAmount, ProgramVersion
from oscar_referrals.programs.rules import advocate_rules, first_refusal, friend_rules
from oscar_referrals.programs.rules.base import Refusal, TillFacts
from oscar_referrals.programs.rules.claim_window import ClaimWindow
from oscar_referrals.programs.rules.earning import Hold
from oscar_referrals.programs.rules.value import Value
from oscar_referrals.programs.rules.voucher import Validity

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)

CONTENT = TillFacts(
    now=NOW,
    currency="MYR",
    eligible_total=10000,
    program_status="live",
    status_changed_at=NOW - 100 * DAY,
    claimed_at=NOW - DAY,
    claim_expires_at=NOW + DAY,
    code_blocked=False,
    is_own_code=False,
    is_existing_customer=False,
)


def a_version(**fields: Any) -> ProgramVersion:
    return ProgramVersion(number=1, status=ProgramVersion.Status.PUBLISHED, **fields)


def figures_of(version: ProgramVersion, side: str = "friend", **fields: Any) -> IncentiveAmount:
    percent = fields.pop("percent", None)
    incentive = Incentive(
        version=version,
        side=side,
        value_type="fixed" if percent is None else "percent",
        percent=percent,
        range_name=fields.pop("range_name", ""),
    )
    return IncentiveAmount(
        incentive=incentive, currency="MYR", **({"value": 2000, "minimum": 8000} | fields)
    )


def refusal(facts: TillFacts = CONTENT, *, figures: Any = None, **version: Any) -> Refusal | None:
    chosen = a_version(**version)
    row = figures or figures_of(chosen)
    return first_refusal(friend_rules(chosen, row.incentive, row), facts)


def test_all_rules_are_content() -> None:
    assert refusal() is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"program_status": "stopped"}, reasons.STOPPED),
        ({"program_status": "draft"}, reasons.NOT_AVAILABLE),
        ({"code_blocked": True}, reasons.UNKNOWN_CODE),
        ({"is_own_code": True}, reasons.OWN_CODE),
        ({"claim_expires_at": NOW}, reasons.CLAIM_EXPIRED),
        ({"is_existing_customer": True}, reasons.EXISTING_CUSTOMER),
        ({"currency": "SGD"}, reasons.CURRENCY_NOT_OFFERED),
        ({"eligible_total": 0}, reasons.NO_ELIGIBLE_PRODUCTS),
        ({"eligible_total": 7999}, reasons.BELOW_MINIMUM),
    ],
)
def test_each_rule_refuses_with_its_own_reason(facts: dict[str, Any], reason: str) -> None:
    found = refusal(replace(CONTENT, **facts))
    assert found is not None
    assert found.reason == reason


def test_the_program_is_asked_before_the_code_and_the_code_before_the_person() -> None:
    everything_wrong = replace(
        CONTENT, program_status="stopped", code_blocked=True, is_own_code=True, eligible_total=0
    )
    assert refusal(everything_wrong).reason == reasons.STOPPED
    assert refusal(replace(everything_wrong, program_status="live")).reason == reasons.UNKNOWN_CODE


@pytest.mark.parametrize(("status", "reason"), [("paused", "paused"), ("ended", "ended")])
def test_a_claim_from_before_the_end_is_honoured_for_the_wind_down(
    status: str, reason: str
) -> None:
    facts = replace(CONTENT, program_status=status, status_changed_at=NOW - 30 * DAY)
    before = replace(facts, claimed_at=NOW - 31 * DAY)
    after = replace(facts, claimed_at=NOW - 30 * DAY)
    assert refusal(before, wind_down_days=31) is None
    assert refusal(before, wind_down_days=30).reason == reason
    assert refusal(after, wind_down_days=31).reason == reason


def test_a_stop_honours_no_claim() -> None:
    facts = replace(CONTENT, program_status="stopped", status_changed_at=NOW, claimed_at=NOW - DAY)
    assert refusal(facts).reason == reasons.STOPPED


def test_the_versions_own_dates_count() -> None:
    assert refusal(starts_at=NOW + DAY).reason == reasons.NOT_STARTED
    assert refusal(starts_at=NOW) is None
    assert refusal(ends_at=NOW, wind_down_days=1) is None
    assert refusal(ends_at=NOW - DAY, wind_down_days=1).reason == reasons.ENDED
    late_claim = replace(CONTENT, claimed_at=NOW)
    assert refusal(late_claim, ends_at=NOW, wind_down_days=1).reason == reasons.ENDED


def test_a_version_for_everybody_takes_existing_customers() -> None:
    facts = replace(CONTENT, is_existing_customer=True)
    assert refusal(facts, new_customers_only=False) is None


def test_nobody_known_yet_is_not_refused() -> None:
    assert refusal(replace(CONTENT, is_existing_customer=None)) is None


def test_without_a_basket_goods_and_currency_do_not_matter() -> None:
    facts = replace(CONTENT, currency=None, eligible_total=None)
    version = a_version()
    incentive = figures_of(version).incentive
    assert first_refusal(friend_rules(version, incentive, None), facts) is None


def test_a_missing_figure_is_no_offer_in_that_currency() -> None:
    version = a_version()
    incentive = figures_of(version).incentive
    found = first_refusal(friend_rules(version, incentive, None), CONTENT)
    assert found == Refusal(reason=reasons.CURRENCY_NOT_OFFERED, params={"currency": "MYR"})


def test_the_minimum_says_what_is_missing_and_what_it_gives() -> None:
    found = refusal(replace(CONTENT, eligible_total=6800))
    assert found.params == {"missing": 1200, "currency": "MYR", "value": 2000}
    percent = figures_of(a_version(), percent=Decimal("12.50"), value=None)
    found = refusal(replace(CONTENT, eligible_total=6800), figures=percent)
    assert found.params == {"missing": 1200, "currency": "MYR", "percent": "12.50"}


def test_a_reward_does_not_depend_on_the_programs_status() -> None:
    version = a_version()
    row = figures_of(version, side="advocate")
    facts = replace(CONTENT, program_status="stopped", code_blocked=True, claim_expires_at=NOW)
    assert first_refusal(advocate_rules(version, row.incentive, row), facts) is None
    poor = replace(facts, eligible_total=1)
    refused = first_refusal(advocate_rules(version, row.incentive, row), poor)
    assert refused.reason == reasons.BELOW_MINIMUM


@given(
    total=st.integers(1, 10**9),
    value=st.integers(1, 10**9),
    maximum=st.none() | st.integers(1, 10**9),
    percent=st.none() | st.decimals("0.01", "100", places=2),
)
def test_a_discount_is_never_more_than_the_goods_or_the_maximum(
    total: int, value: int, maximum: int | None, percent: Decimal | None
) -> None:
    row = figures_of(a_version(), percent=percent, value=value, maximum=maximum)
    discount = Value(row.incentive, row).discount_on(total)
    assert 0 <= discount <= total
    if maximum is not None:
        assert discount <= maximum
    if percent is None and maximum is None:
        assert discount == min(value, total)
    if percent is not None and maximum is None:
        assert abs(discount - total * percent / 100) <= Decimal("0.5")


def test_periods_are_days() -> None:
    version = a_version(hold_days=14, attribution_days=30)
    assert Hold(version).until(NOW) == NOW + 14 * DAY
    assert ClaimWindow(version).expires_at(NOW) == NOW + 30 * DAY
    incentive = Incentive(version=version, side="advocate", validity_days=90)
    assert Validity(incentive).expires_at(NOW) == NOW + 90 * DAY
    incentive.validity_days = None
    assert Validity(incentive).expires_at(NOW) is None
