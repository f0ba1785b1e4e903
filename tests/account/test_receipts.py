"""What a member accepted, and what of it changes afterwards: receipts, notices, accepting anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from oscar_referrals.members.membership import join
from oscar_referrals.members.models import TermsAcceptance
from oscar_referrals.members.receipts import Receipt
from oscar_referrals.money import format_moment
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.test.factories import live_program, publish_again
from tests.shop import Visitor, customer, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    return live_program()


@pytest.fixture
def member(program: Any) -> Visitor:
    user = customer()
    join(program=program, user=user, language="ms", method="account")
    return Visitor(user)


def accepted() -> TermsAcceptance:
    return TermsAcceptance.objects.select_related("terms").get()


class TestReceipt:
    def test_it_has_the_very_words_and_all_that_proves_them(
        self, program: Any, member: Visitor
    ) -> None:
        receipt = accepted()
        publish_again(program, friend={"value": 500})
        response = member.get("referrals:receipt", receipt.pk)
        page = response.content
        assert receipt.terms.html.encode() in page
        assert response["Cache-Control"].startswith("max-age=0")
        for text in (
            receipt.terms.sha256,
            program.name,
            "Bahasa Melayu",
            "By pressing the button on the page “Refer a friend”",
            format_moment(receipt.accepted_at, "en-gb"),
            member.user.email,
            "The words below are those that you accepted",
        ):
            assert text in page.decode(), text

    def test_it_is_nobody_elses(self, member: Visitor) -> None:
        receipt = accepted()
        other = Visitor(customer("other@example.com"))
        address = reverse("referrals:receipt", args=[receipt.pk])
        assert other.client.get(address).status_code == 404
        response = Visitor().client.get(address)
        assert response.url == f"{reverse('customer:login')}?next={address}"

    def test_page_data_and_list_lead_to_it(self, member: Visitor) -> None:
        address = reverse("referrals:receipt", args=[accepted().pk])
        assert address in member.get("referrals:portal").content.decode()
        assert address in member.get("referrals:receipts").content.decode()
        assert reverse("referrals:receipts") in member.get("referrals:my-data").content.decode()
        stranger = Visitor(customer("other@example.com"))
        assert "any terms yet" in stranger.get("referrals:receipts").content.decode()

    def test_other_words_are_noticed(self) -> None:
        terms = TermsVersion(html="<p>RM 20</p>", text="RM 20", sha256="0" * 64)
        receipt = Receipt(TermsAcceptance(terms=terms, language="ms", method="by-telephone"))
        assert not receipt.is_intact
        assert receipt.method == "by-telephone"

    def test_staff_read_the_same_in_the_admin(self, member: Visitor) -> None:
        receipt = accepted()
        clerk = staff("view_termsacceptance")
        address = reverse("admin:oscar_referrals_termsacceptance_change", args=[receipt.pk])
        page = Visitor(clerk).client.get(address).content.decode()
        assert receipt.terms.sha256 in page
        assert escape(receipt.terms.text.splitlines()[1]) in page
        assert "By pressing the button" in page
        assert 'name="_save"' not in page
