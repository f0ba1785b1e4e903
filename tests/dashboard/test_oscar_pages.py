"""Our panels on Oscar's own pages: there for those who may see them, absent and free otherwise."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from oscar.core.loading import get_model

from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    """Somebody who may open every page."""
    client = Client()
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def order_page(order):
    return reverse("dashboard:order-detail", kwargs={"number": order.number})


def test_the_order_page_says_who_brought_the_order(manager, referral):
    page = manager.get(order_page(referral.order)).content.decode()
    assert 'id="rf-order-panel"' in page
    assert referral.code.pretty in page
    assert (
        reverse("oscar_referrals_dashboard:referrals-referral-detail", args=[referral.pk]) in page
    )


def test_an_order_without_a_code_has_no_panel_and_costs_one_query(manager):
    visitor = Visitor()
    visitor.add(product("30.00"))
    order = visitor.order()
    with CaptureQueriesContext(connection) as captured:
        page = manager.get(order_page(order)).content.decode()
    ours = [query for query in captured if "oscar_referrals" in query["sql"]]
    assert "rf-order-panel" not in page
    assert len(ours) == 1


def test_staff_who_may_not_see_referrals_see_no_panel(referral):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(
        get_model("auth", "Permission").objects.filter(
            content_type__app_label="order", codename="view_order"
        )
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(order_page(referral.order))
    assert answer.status_code == 200
    assert "rf-order-panel" not in answer.content.decode()
    assert not [query for query in captured if "oscar_referrals_referral" in query["sql"]]


def test_the_customer_page_tells_of_the_advocate_and_the_friend(manager, program):
    member = advocate(program)
    code = code_for(advocate=member)
    friend = UserFactory()
    visitor = Visitor(friend)
    visitor.add(product("100.00"))
    visitor.enter(code.code)
    order = visitor.order()
    of_advocate = manager.get(reverse("dashboard:user-detail", args=[member.user_id]))
    of_friend = manager.get(reverse("dashboard:user-detail", args=[friend.pk]))
    assert code.pretty in of_advocate.content.decode()
    assert "1 friend's order credited." in of_advocate.content.decode()
    assert f"With order #{order.number}, brought by" in of_friend.content.decode()


def test_a_customer_without_referrals_has_no_panel(manager):
    page = manager.get(reverse("dashboard:user-detail", args=[UserFactory().pk])).content.decode()
    assert "rf-customer-panel" not in page


class TestOfferPage:
    """Oscar lists every voucher of an offer; we list one page."""

    @pytest.fixture
    def offer(self):
        program = live_program()
        advocate(program)
        code_for(advocate=program.advocates.get())
        program.refresh_from_db()
        voucher_model = get_model("voucher", "Voucher")
        first = voucher_model.objects.get()
        vouchers = voucher_model.objects.bulk_create(
            voucher_model(
                name=f"Extra {number:04}",
                code=f"EXTRA{number:04}",
                start_datetime=first.start_datetime,
                end_datetime=first.end_datetime,
            )
            for number in range(119)
        )
        through = voucher_model.offers.through
        through.objects.bulk_create(
            through(voucher=voucher, conditionaloffer=program.friend_offer) for voucher in vouchers
        )
        return program.friend_offer

    def listed(self, page) -> int:
        return page.content.decode().count("badge badge-secondary")

    def test_a_page_lists_fifty_and_speaks_of_all(self, manager, offer):
        address = reverse("dashboard:offer-detail", args=[offer.pk])
        page = manager.get(address)
        assert self.listed(page) == 50
        assert "Attached vouchers 1 to 50 of 120" in page.content.decode()
        assert "<td>120</td>" in page.content.decode()
        last = manager.get(address, {"vouchers": "3"})
        assert self.listed(last) == 20
        assert "EXTRA0000" in last.content.decode()

    def test_a_wrong_page_shows_the_nearest(self, manager, offer):
        address = reverse("dashboard:offer-detail", args=[offer.pk])
        for number in ("0", "x", "99999", "-3"):
            assert manager.get(address, {"vouchers": number}).status_code == 200

    def test_more_vouchers_cost_no_more_queries(self, manager, offer):
        address = reverse("dashboard:offer-detail", args=[offer.pk])
        manager.get(address)
        with CaptureQueriesContext(connection) as captured:
            manager.get(address)
        assert not [
            query
            for query in captured
            if 'FROM "voucher_voucher"' in query["sql"]
            and "LIMIT" not in query["sql"]
            and " IN (" not in query["sql"]
            and "COUNT" not in query["sql"]
        ]

    def test_an_offer_with_few_vouchers_looks_as_ever(self, manager, program):
        code_for(advocate=advocate(program))
        program.refresh_from_db()
        page = manager.get(reverse("dashboard:offer-detail", args=[program.friend_offer_id]))
        assert "rf-voucher-pages" not in page.content.decode()
        assert self.listed(page) == 1
