"""What nobody means to ask gets an answer in words, and never an error of the server."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from oscar_referrals.attribution.models import Decision
from oscar_referrals.dashboard.forms.by_hand import AdjustForm, GiveForm
from oscar_referrals.dashboard.forms.limits import LimitsForm
from oscar_referrals.dashboard.forms.rules import RulesForm
from oscar_referrals.dashboard.forms.tiers import TiersField
from oscar_referrals.members.alias import set_alias
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    Limit,
    Program,
    ProgramVersion,
)
from oscar_referrals.rewards.models import LedgerEntry, Posting, Reward
from oscar_referrals.test.factories import SiteFactory, advocate, draft_version
from tests.dashboard.pages import url as page_url

pytestmark = pytest.mark.django_db

LISTS = ("referral-list", "reward-list", "ledger-list", "report", "report-csv")


def url(name: str) -> str:
    return reverse(f"oscar_referrals_dashboard:referrals-{name}")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "days",
    [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31")],
    ids=["the first day", "the last day"],
)
def test_days_at_the_end_of_the_calendar(
    operator: Client, name: str, days: tuple[str, str]
) -> None:
    answer = operator.get(url(name), {"start": days[0], "end": days[1]})
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_moments_at_the_end_of_the_calendar(moment: str) -> None:
    assert {"starts_at", "ends_at"} <= set(
        RulesForm({"starts_at": moment, "ends_at": moment}).errors
    )


@pytest.mark.parametrize("number", ["9" * 5000, "\u0661", "-1", "\0"])
def test_a_program_that_no_switch_has(operator: Client, program: Program, number: str) -> None:
    address = page_url("message-switch", "referral_share_reminder")
    assert operator.post(address, {"program": number, "send": "no"}).status_code == 404


def test_a_reason_that_no_database_can_hold(operator: Client, program: Program) -> None:
    member = advocate(program)
    set_alias(advocate=member, alias="Rude One", on_leaderboard=True)
    operator.post(page_url("alias-hide", member.pk), {"reason": "Ru\0de"})
    member.refresh_from_db()
    assert (member.alias_hidden_at, member.alias_hidden_reason) == (None, "")


@pytest.mark.parametrize("number", ["-1e400", "1e400", "-9" * 30, "NaN", "1.5", "\0"])
@pytest.mark.parametrize("field", ["reward", "number", "unit"])
def test_keys_that_no_row_has(operator: Client, field: str, number: str) -> None:
    assert operator.get(url("ledger-list"), {field: number}).status_code == 200


def test_a_unit_that_no_database_can_hold(operator: Client, program: Program) -> None:
    asked = {"program": program.pk, "kind": "liability:available", "unit": "MY\0R"}
    assert operator.get(url("outstanding"), asked).status_code == 200


@pytest.mark.parametrize(
    "text", ["5: NaN", "5: Infinity", "5: 1e30", f"{10**20}: 5", f"{'9' * 5000}: 5", "5: -1", "x"]
)
def test_tiers_that_are_no_numbers(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        TiersField(most=Decimal(100)).clean(text)


def test_the_largest_tiers_are_taken() -> None:
    field: Any = TiersField(most=Decimal(100))
    assert field.clean("2: 0.01; 1000000: 100") == [(2, Decimal("0.01")), (1_000_000, 100)]


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "10.5"), ("MYR", "1.005")])
def test_no_adjustment_is_rounded(currency: str, amount: str) -> None:
    form = AdjustForm({"amount": amount, "reason": "x"}, reward=Reward(currency=currency))
    assert "amount" in form.errors


def test_no_gift_is_rounded() -> None:
    form = GiveForm({"amount": "1.005", "currency": "MYR", "reason": "x"})
    assert form.errors["amount"] == ["This has too many decimals."]


def test_caps_that_no_database_can_hold() -> None:
    form = LimitsForm(draft_version(), {"limits-advocate-day-count": "9" * 20})
    assert "advocate-day-count" in form.errors


JUNK = ("\0", "9" * 400, "x" * 6000)
ABOUT_A_REWARD = ("reward-extend", "reward-adjust", "reward-free", "reward-again")
ABOUT_A_DRAFT = ("version-edit", "version-publish")


def stored() -> dict[str, list[Any]]:
    """All that is promised, owed and decided."""
    models = (Program, ProgramVersion, Incentive, IncentiveAmount, Limit, Decision)
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (*models, Reward, LedgerEntry, Posting)
    }


def test_junk_that_is_posted_changes_nothing(operator: Client, reward: Reward) -> None:
    draft = draft_version(site=SiteFactory(), name="Draft")
    addresses = [
        *(page_url(name, reward.pk) for name in ABOUT_A_REWARD),
        *(page_url(name, draft.pk) for name in ABOUT_A_DRAFT),
        page_url("program-stop", reward.program_id),
        page_url("reward-give"),
    ]
    before = stored()
    for address in addresses:
        page = operator.get(address)
        fields = re.findall(r'name="([^"]+)"', page.content.decode())
        # Any words at all are a reason to stop a program.
        junk = () if "stop" in address else JUNK
        for data in ({}, *(dict.fromkeys(fields, text) for text in junk)):
            assert operator.post(address, data).status_code < 500, address
        answer = operator.post(address, "{", content_type="application/json")
        assert answer.status_code < 500, address
        assert stored() == before, address
