"""What a member accepted, and what of it changes afterwards: receipts, notices, accepting anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from oscar_referrals.members.membership import JoinRefused, accept_terms, join, leave
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.receipts import Receipt
from oscar_referrals.members.terms_change import TermsChange
from oscar_referrals.money import format_deadline, format_moment
from oscar_referrals.programs.models import DraftTerms, TermsVersion
from oscar_referrals.programs.publish import refreeze_terms
from oscar_referrals.test.factories import live_program, publish_again
from tests.shop import Visitor, customer, staff, texts

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


def queried(member: Visitor, name: str, *args: Any) -> tuple[Any, int]:
    """The answer of a page, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = member.get(name, *args)
    return response, len(queries)


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

    def test_it_can_be_kept_as_a_file_of_its_own(self, program: Any, member: Visitor) -> None:
        receipt = accepted()
        publish_again(program, friend={"value": 500})
        address = reverse("referrals:receipt-file", args=[receipt.pk])
        page, number_of_page = queried(member, "referrals:receipt", receipt.pk)
        response, number = queried(member, "referrals:receipt-file", receipt.pk)
        assert f'href="{address}" download' in page.content.decode()
        assert number <= number_of_page
        assert response["Content-Type"] == "text/html; charset=utf-8"
        name = f"terms-{program.slug}-1-1-ms.html"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
        # The words byte for byte, what proves them, and nothing that has to be fetched.
        assert receipt.terms.html.encode() in response.content
        assert receipt.terms.sha256.encode() in response.content
        words = response.content.decode().replace(receipt.terms.html, "")
        assert not [tag for tag in ("<link", "<script", "src=", "href=") if tag in words]

    def test_the_file_is_nobody_elses(self, member: Visitor) -> None:
        address = reverse("referrals:receipt-file", args=[accepted().pk])
        assert Visitor(customer("other@example.com")).client.get(address).status_code == 404
        assert Visitor().client.get(address).url.startswith(reverse("customer:login"))
        assert member.client.post(address).status_code == 405

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


class TestChange:
    def test_the_portal_tells_until_the_new_terms_are_accepted(
        self, program: Any, member: Visitor
    ) -> None:
        notice = "The terms have changed since you accepted them."
        assert notice not in member.get("referrals:portal").content.decode()
        publish_again(program, friend={"value": 500}, advocate={"value": 700})
        assert notice in member.get("referrals:portal").content.decode()
        shown = member.get("referrals:terms-change")
        found = {item.key: item for item in shown.context["changes"]}
        before = found["friend-value"].before
        assert before and "20" in before
        page = shown.content.decode()
        assert escape(before) in page
        assert escape(found["friend-value"].after or "") in page
        until = TermsChange(accepted(), program.current_version).old_offer_until()
        assert until is not None
        assert format_deadline(until, "en-gb") in page
        assert escape(TermsChange.kept()) in page
        response = member.post("referrals:terms-change", data={"terms": shown.context["terms"].pk})
        receipt = TermsAcceptance.objects.latest("accepted_at")
        assert response.redirect_chain == [(reverse("referrals:receipt", args=[receipt.pk]), 302)]
        assert receipt.terms.version.number == 2
        assert receipt.method == "change"
        assert notice not in member.get("referrals:portal").content.decode()
        response = member.get("referrals:terms-change")
        assert response.url == reverse("referrals:portal")

    def test_words_that_were_not_on_the_page_are_not_accepted(
        self, program: Any, member: Visitor
    ) -> None:
        old = accepted().terms_id
        publish_again(program, friend={"value": 500})
        for answer in ({"terms": old}, {"terms": "x"}, {}):
            response = member.post("referrals:terms-change", data=answer)
            assert texts(response)[-1].startswith("The terms have changed since you opened"), answer
        assert TermsAcceptance.objects.count() == 1

    def test_corrected_words_are_told_as_such(self, program: Any, member: Visitor) -> None:
        version = program.current_version
        DraftTerms.objects.filter(version=version).update(text="Corrected words.")
        refreeze_terms(version=version)
        page = member.get("referrals:portal").content.decode()
        assert "The wording of the terms was corrected on" in page
        assert "The terms have changed since" not in page
        shown = member.get("referrals:terms-change")
        assert shown.context["changes"] == []
        member.post("referrals:terms-change", data={"terms": shown.context["terms"].pk})
        assert "was corrected" not in member.get("referrals:portal").content.decode()

    def test_it_is_for_members(self, program: Any, member: Visitor) -> None:
        publish_again(program)
        outsider = Visitor(customer("other@example.com"))
        for answer in (
            outsider.get("referrals:terms-change"),
            outsider.post("referrals:terms-change", data={"terms": 1}, follow=False),
        ):
            assert answer.url == reverse("referrals:portal")
        with pytest.raises(JoinRefused):
            gone = leave(advocate=Advocate.objects.get())
            accept_terms(advocate=gone, terms_id=accepted().terms_id, method="change")

    def test_the_portal_costs_no_more(
        self, program: Any, member: Visitor, django_assert_num_queries: Any
    ) -> None:
        member.get("referrals:portal")
        with CaptureQueriesContext(connection) as before:
            member.get("referrals:portal")
        usual = len(before)
        publish_again(program, friend={"value": 500})
        member.get("referrals:portal")
        with django_assert_num_queries(usual):
            member.get("referrals:portal")
