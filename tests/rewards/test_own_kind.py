"""The kind of the guide "Add a kind of reward", taken out of the guide and run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from oscar_referrals.messages.compose import render
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.offer_sentence import offer_words
from oscar_referrals.rewards import kinds
from oscar_referrals.rewards.kinds import UnknownKind, kind_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.spend import spend
from oscar_referrals.rewards.words import promise_of, value_of
from oscar_referrals.test.factories import live_program
from tests.dashboard.pages import page_of, rows_of, url
from tests.rewards.cases import DAY, books, order, pay, referred, set_status, settled
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-reward-kind.md"
PATH = "shop_of_the_guide.GiftWrapping"
State = Reward.State


@pytest.fixture
def shop(settings: Any) -> Iterator[Any]:
    """The module of the guide, where the settings find it."""
    found = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found is not None
    module = ModuleType("shop_of_the_guide")
    exec(compile(found[1], str(GUIDE), "exec"), module.__dict__)
    sys.modules[module.__name__] = module
    settings.OSCAR_REFERRALS = {"REWARD_KINDS": (PATH,)}
    kinds.kind_of.cache_clear()
    yield module
    kinds.kind_of.cache_clear()
    del sys.modules[module.__name__]


def earned(**rules: Any) -> Reward:
    figures = {"kind": PATH, "value": 500, "validity_days": 90}
    referral = referred(live_program(hold_days=0, advocate=figures, **rules))
    pay(referral.order)
    return settled(referral)


def test_it_is_earned_issued_spent_and_given_back(shop: Any) -> None:
    reward = earned()
    assert (reward.state, reward.unit, reward.amount) == (State.AVAILABLE, "wraps", 1)
    assert {reward.key: reward.owner_id} == shop.WRAPPINGS
    assert value_of(reward) == promise_of(reward) == "free gift wrapping"
    assert books(reward) == {"expense:reward wraps": 1, "liability:available wraps": -1}
    wrapped = order(user=reward.owner)
    assert spend(reward_id=reward.pk, order_number=wrapped.number, amount=500)
    assert not spend(reward_id=reward.pk, order_number=order().number, amount=500)
    assert settled(reward.referral).state == State.REDEEMED
    assert books(reward)["contra:redeemed MYR"] == -500
    set_status(wrapped, "Cancelled")
    assert settled(reward.referral).state == State.AVAILABLE


def test_people_read_of_pieces_and_of_no_money(shop: Any, admin_client: Any) -> None:
    reward = earned()
    owner = Visitor(reward.owner)
    portal = owner.get("referrals:portal").content.decode()
    assert "Free gift wrapping" in portal
    assert "Your free gift wrapping is ready to use." in portal
    assert "gift wrapping off" not in portal
    assert reverse("referrals:use-reward", args=[reward.pk]) not in portal
    owner.add(product("50.00"))
    assert "wrapping" not in owner.get("basket:summary").content.decode()
    page = page_of(admin_client.get(url("reward-detail", reward.pk)))
    assert "1 gift wrapping" in page
    assert "1 gift wrappings" not in page
    assert "0.01" not in page
    rows = rows_of(admin_client.get(url("journal-csv")))
    assert {row["Debit"] for row in rows if row["Currency"] == "wraps"} <= {"", "0", "1"}
    assert "wraps" not in admin_client.get(url("report")).content.decode()


def test_its_mail_and_its_terms_speak_of_no_voucher(shop: Any) -> None:
    reward = earned()
    mail = render(OutboxMessage.objects.get(reward=reward, event="referral_reward_available"))
    assert "Free gift wrapping" in mail["body"]
    assert "basket" not in mail["body"]
    assert "voucher" not in mail["body"].lower()
    clauses = {clause.key: clause.text for clause in describe(reward.referral.version)}
    assert "advocate-owner" not in clauses
    assert clauses["advocate-reward-01"] == (
        "For the friend's first order, the advocate who invited them gets free gift wrapping."
    )


@pytest.mark.parametrize("number", [1, 2, 0])
def test_pieces_are_counted_in_words(shop: Any, number: int) -> None:
    words = "1 gift wrapping" if number == 1 else f"{number} gift wrappings"
    assert kinds.count_in_words("wraps", number) == words
    assert kinds.count_in_words("hugs", number) == f"{number} hugs"


def test_a_kind_that_asks_back_or_fails_leaves_the_terms_readable(
    shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = earned().referral.version
    plain = "a reward worth MYR 5."

    def ask_back(kind: Any, *, incentive: Any, figures: Any) -> str:
        return offer_words(incentive, figures)

    def fail(kind: Any, **kwargs: Any) -> str:
        raise RuntimeError("a fault")

    monkeypatch.setattr(shop.GiftWrapping, "describe", ask_back)
    assert any(plain in clause.text.replace("\xa0", " ") for clause in describe(version))
    monkeypatch.setattr(shop.GiftWrapping, "describe", fail)
    assert any(plain in clause.text.replace("\xa0", " ") for clause in describe(version))


def test_it_is_taken_back_with_the_friends_order(shop: Any) -> None:
    reward = earned()
    set_status(reward.referral.order, "Cancelled")
    assert settled(reward.referral).state == State.REVERSED
    assert shop.WRAPPINGS == {}
    assert books(reward) == {}
    set_status(reward.referral.order, "Pending")
    assert settled(reward.referral).state == State.AVAILABLE
    assert {reward.key: reward.owner_id} == shop.WRAPPINGS


def test_it_expires(shop: Any) -> None:
    reward = earned()
    assert settled(reward.referral, reward.available_at + 91 * DAY).state == State.EXPIRED
    assert shop.WRAPPINGS == {}


def test_operators_can_choose_it(shop: Any) -> None:
    assert (PATH, "Gift wrapping") in kinds.offered_kinds()
    assert not [item for item in run_checks() if item.id == "oscar_referrals.E014"]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("shop.nowhere.Kind", "can't be imported"),
        ("oscar_referrals.programs.models.Incentive", "is no"),
        ("oscar_referrals.rewards.kinds.base.RewardKind", "lacks describe, earn"),
    ],
)
def test_what_is_no_kind_is_said_clearly(settings: Any, path: str, what: str) -> None:
    with pytest.raises(UnknownKind, match=what):
        kind_of(path)
    settings.OSCAR_REFERRALS = {"REWARD_KINDS": (path,)}
    (found,) = [item for item in run_checks() if item.id == "oscar_referrals.E014"]
    assert what in found.msg


def test_the_built_in_kinds_are_there() -> None:
    assert kind_of(Incentive.Kind.VOUCHER).label
