from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from oscar.core.loading import get_model
from oscar.test.factories import create_order

from oscar_referrals.identity import email_key
from oscar_referrals.members.known_customers import (
    JOB,
    index_is_complete,
    index_orders,
    is_existing_customer,
    remember_order,
)
from oscar_referrals.members.models import KnownOrder
from oscar_referrals.test.factories import UserFactory
from oscar_referrals.upkeep.models import JobRun

pytestmark = pytest.mark.django_db
Order = get_model("order", "Order")


def an_order(user: Any = None, email: str = "", **fields: Any) -> Any:
    order = create_order(user=user) if user else create_order(user=None)
    Order.objects.filter(pk=order.pk).update(user=user, guest_email=email, **fields)
    return Order.objects.get(pk=order.pk)


def known(email: str = "", user: Any = None, cancelled: bool = False, excluding: str = "") -> bool:
    return is_existing_customer(
        user=user,
        key=email_key(email),
        cancelled_orders_count=cancelled,
        excluding=excluding,
    )


@pytest.fixture(autouse=True)
def empty_index() -> None:
    KnownOrder.objects.all().delete()


def forget() -> None:
    """The shop from before the referral system."""
    KnownOrder.objects.all().delete()


def test_a_guest_is_recognised_by_the_mailbox() -> None:
    remember_order(order=an_order(email="Ali.Bakar+shop@gmail.com"))
    assert known("alibakar@googlemail.com")
    assert not known("someone@gmail.com")
    assert KnownOrder.objects.filter(email_key__contains="@").count() == 0


def test_remembering_is_one_insert_however_often(django_assert_num_queries: Any) -> None:
    order = an_order(email="a@shop.example")
    forget()
    with django_assert_num_queries(1):
        remember_order(order=order)
    with django_assert_num_queries(1):
        remember_order(order=order)
    assert KnownOrder.objects.count() == 1


def test_an_order_without_an_address_is_not_remembered() -> None:
    order = an_order()
    forget()
    remember_order(order=order)
    assert not KnownOrder.objects.exists()


def test_one_query_for_account_and_mailbox(django_assert_num_queries: Any) -> None:
    user = UserFactory()
    order = an_order(user)
    forget()
    with django_assert_num_queries(1):
        assert known(user.email, user)
    assert not known(user.email, user, excluding=order.number)
    assert not known("", None)


def test_the_order_that_is_being_placed_does_not_count() -> None:
    order = an_order(email="a@shop.example")
    remember_order(order=order)
    assert known("a@shop.example")
    assert not known("a@shop.example", excluding=order.number)


def test_whether_a_cancelled_order_counts_is_the_versions_rule() -> None:
    user = UserFactory()
    for order in (an_order(user, status="Cancelled"), an_order(email="g@x.my", status="Cancelled")):
        remember_order(order=order)
    assert not known("g@x.my")
    assert known("g@x.my", cancelled=True)
    assert not known("", user)
    assert known("", user, cancelled=True)


def test_a_deleted_order_is_still_known() -> None:
    order = an_order(email="a@shop.example")
    remember_order(order=order)
    order.delete()
    assert known("a@shop.example")


def test_an_old_shop_is_indexed_in_batches() -> None:
    user = UserFactory()
    an_order(user)
    for number in range(4):
        an_order(email=f"guest{number}@shop.example")
    an_order()
    forget()
    assert not index_is_complete()
    steps: list[tuple[int, int]] = []
    assert index_orders(batch=2, progress=lambda *step: steps.append(step)) == 6
    assert steps == [(2, 6), (4, 6), (6, 6)]
    assert KnownOrder.objects.count() == 5
    assert known("guest3@shop.example")
    assert known(user.email)
    assert index_is_complete()


def test_an_interrupted_run_goes_on_where_it_was() -> None:
    for number in range(5):
        an_order(email=f"guest{number}@shop.example")
    forget()

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_orders(batch=2, progress=interrupt)
    assert KnownOrder.objects.count() == 2
    assert not index_is_complete()
    assert index_orders(batch=2) == 3
    assert KnownOrder.objects.count() == 5
    assert index_is_complete()


def test_new_keys_replace_the_old_ones(settings: Any) -> None:
    an_order(email="a@shop.example")
    index_orders()
    settings.OSCAR_REFERRALS = {"HMAC_KEY": "another"}
    assert not known("a@shop.example")
    index_orders()
    assert not known("a@shop.example")
    index_orders(again=True)
    assert known("a@shop.example")


def test_a_shop_that_began_with_referrals_needs_no_run() -> None:
    assert index_is_complete()
    order = an_order(email="a@shop.example")
    remember_order(order=order)
    assert index_is_complete()
    assert not JobRun.objects.filter(name=JOB).exists()


def test_the_command_says_what_it_did(capsys: Any) -> None:
    an_order(email="a@shop.example")
    call_command("referrals_index_customers", batch=1)
    assert "1 orders looked at" in capsys.readouterr().out
