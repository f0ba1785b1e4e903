"""The sentences of free delivery, alone and beside a discount on goods."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from oscar.core.loading import get_model
from oscar.test.factories import create_product

from oscar_referrals.programs.describe import ORDER, describe
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.problems import problems_of
from oscar_referrals.test.factories import draft_version, live_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.OSCAR_REFERRALS = {
        "CURRENCY_SYMBOLS": {"MYR": "RM", "SGD": "S$"},
        "CURRENCIES": ("MYR", "SGD"),
    }
    with override("en-gb"):
        yield


def sentences(version: ProgramVersion) -> dict[str, str]:
    return {clause.key: clause.text.replace("\xa0", " ") for clause in describe(version)}


def offer(version: ProgramVersion, side: str, **options: str) -> str:
    return offer_sentence(version, side, **options).replace("\xa0", " ")


def test_free_delivery_alone_is_all_that_is_spoken_of() -> None:
    version = draft_version(
        friend=None, friend_delivery={"amounts": {"MYR": {"minimum": 8000, "maximum": 1000}}}
    )
    found = sentences(version)
    of_friend = {key: text for key, text in found.items() if key.startswith("friend-")}
    assert of_friend == {
        "friend-reward-01": (
            "With the first order, the friend gets free delivery of one order (RM 10 at most)."
        ),
        "friend-delivery-minimum": (
            "For free delivery, the goods must come to at least RM 80 before discounts."
        ),
        "friend-delivery-currencies": (
            "Free delivery is not offered for orders in Singapore dollars."
        ),
        "friend-delivery-combination": (
            "Free delivery is given beside other offers on goods. If delivery is free already, or "
            "another offer of the shop takes more off it, that applies instead, and the advocate "
            "is rewarded all the same."
        ),
    }
    assert found["goods-only"].startswith("Discounts and vouchers for an amount or a percentage")
    assert offer(version, "friend") == (
        "free delivery (worth RM 10 at most) of your first order of RM 80 or more"
    )
    assert offer(version, "friend", reader="advocate") == (
        "free delivery (worth RM 10 at most) of their first order of RM 80 or more"
    )


def test_beside_a_discount_on_goods_each_has_its_own_sentences() -> None:
    both = {"MYR": {}, "SGD": {}}
    version = draft_version(
        friend={"value": 2000, "minimum": 8000},
        friend_delivery={"amounts": both},
        advocate_delivery={"amounts": both},
    )
    found = sentences(version)
    assert found["friend-value"] == "The friend gets RM 20 off their first order."
    assert found["friend-minimum"] == (
        "The goods must come to at least RM 80 before discounts and delivery."
    )
    assert "friend-delivery-minimum" not in found
    assert found["friend-reward-02-MYR"] == (
        "For orders in Malaysian ringgits: With the first order, the friend gets free delivery of "
        "one order."
    )
    assert offer(version, "friend") == (
        "RM 20 off your first order of RM 80 or more, and free delivery of your first order"
    )
    assert offer(version, "advocate") == (
        "a voucher for RM 15 off an order, and a voucher for free delivery of an order"
    )
    assert set(found) <= {key for known in ORDER for key in found if key.startswith(known)}


def test_figures_that_differ_by_currency_name_it() -> None:
    amounts = {
        "MYR": {"minimum": 8000, "maximum": 1000},
        "SGD": {"minimum": 3000, "maximum": 400},
    }
    found = sentences(draft_version(friend=None, friend_delivery={"amounts": amounts}))
    assert found["friend-delivery-minimum-SGD"] == (
        "For free delivery of orders in Singapore dollars, the goods must come to at least S$30 "
        "before discounts."
    )
    assert "friend-delivery-currencies" not in found


def test_a_program_without_it_says_nothing_of_it() -> None:
    found = sentences(draft_version())
    assert not [key for key in found if "delivery" in key]
    assert found["goods-only"].startswith("Discounts and vouchers reduce the price of goods, not")


def test_it_is_published_without_an_amount_and_makes_its_offers_then() -> None:
    plain = live_program()
    assert (plain.friend_shipping_offer_id, plain.advocate_shipping_offer_id) == (None, None)
    plain.status = Program.Status.ENDED
    plain.save()
    program = live_program(name="Free delivery", friend_delivery={})
    assert program.friend_shipping_offer.name == "Referral: free delivery (free-delivery)"
    assert program.advocate_shipping_offer_id is None
    assert program.friend_shipping_offer.benefit == program.friend_offer.benefit


def test_what_it_lacks_is_said_beside_a_discount_on_goods() -> None:
    empty = get_model("offer", "Range").objects.create(name="Nothing")
    version = draft_version(
        friend_delivery={"range": empty}, advocate_delivery={"validity_days": None}
    )
    version.incentives.filter(side="friend", kind="free_shipping").get().amounts.all().delete()
    assert sorted(problems_of(ProgramVersion.objects.get(pk=version.pk))) == [
        "Choose at least one currency for incentive 4 (Friend).",
        "Say for how many days the voucher for free delivery is valid.",
        "“Nothing” contains no product, so nobody would get free delivery. Add products to it, or "
        "choose another range.",
    ]


def test_products_it_is_limited_to_are_named() -> None:
    chosen = get_model("offer", "Range").objects.create(name="Coffee")
    chosen.add_product(create_product())
    found = sentences(
        draft_version(friend=None, friend_delivery={"range": chosen, "minimum": 3000})
    )
    assert found["friend-delivery-products"] == (
        "Delivery is free for orders with products that “Coffee” contained when these terms were "
        "published."
    )
    assert found["friend-delivery-minimum"].startswith("For free delivery, these products")
