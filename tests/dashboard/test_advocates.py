"""Search, codes and merging in the dashboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.merge import merge_advocates
from oscar_referrals.sharing.codes import active_code
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import advocate, referral_code
from tests.dashboard.pages import page_of, url

pytestmark = pytest.mark.django_db


def search(client, text):
    return page_of(client.get(url("search"), {"q": text}))


def test_one_box_finds_people_codes_and_orders(operator, referral):
    code = referral.code
    for text in (code.code.lower(), code.pretty, f" {code.pretty} ", code.advocate.user.email):
        page = search(operator, text)
        assert code.pretty in page
        assert url("referral-detail", referral.pk) in page
    page = search(operator, f"#{referral.order_number}")
    assert url("referral-detail", referral.pk) in page
    # A guest has no account, and the address is stored nowhere with us.
    assert url("referral-detail", referral.pk) in search(operator, "Friend@Example.com")
    assert "Nothing found" in search(operator, "nobody@example.com")
    assert "Nothing found" in search(operator, code.code[:-1])
    assert "Nothing found" not in search(operator, "")


def test_an_order_that_was_deleted_is_known_by_its_address(operator, referral):
    referral.order.delete()
    assert "no longer in the shop" in search(operator, "friend@example.com")


def test_the_parts_are_shown_to_those_who_may(staff, referral):
    page = search(staff("view_referral"), referral.code.code)
    assert url("code", referral.code.pk) not in page
    assert url("advocate-merge", referral.advocate.pk) not in page


def test_a_code_is_replaced_with_a_grace(operator, program):
    code = referral_code(program)
    data = {"what": "replace", "days": "10", "text": "siti-teh", "reason": "On a coupon site"}
    page = page_of(operator.post(url("code", code.pk), data, follow=True))
    assert "The new code is SITITEH." in page
    assert "On a coupon site" in page
    code.refresh_from_db()
    assert code.retires_at > timezone.now() + timedelta(days=9)
    assert active_code(code.advocate).code == "SITITEH"
    page = page_of(operator.post(url("code", code.pk), data))
    assert "not the code that the advocate is shown now" in page


def test_a_code_is_blocked(operator, program):
    code = referral_code(program)
    data = {"what": "block", "days": "0", "reason": "Sold"}
    operator.post(url("code", code.pk), data)
    code.refresh_from_db()
    assert (code.blocked_reason, code.is_dead(timezone.now())) == ("Sold", True)
    operator.post(url("code", code.pk), {**data, "reason": ""})


def test_staff_leave_their_own_code_alone(operator, program):
    own = referral_code(program, user=operator.user)
    data = {"what": "block", "days": "0", "reason": "x"}
    assert "your own account" in page_of(operator.post(url("code", own.pk), data))
    assert ReferralCode.objects.get(pk=own.pk).blocked_at is None


def test_a_code_that_earns_for_them_by_a_merge_is_their_own_as_well(staff, operator, program):
    own = referral_code(program, user=operator.user).advocate
    merged = referral_code(program)
    merge_advocates(
        kept_id=own.pk, merged_id=merged.advocate_id, actor=staff().user, note="One person"
    )
    data = {"what": "replace", "days": "0", "reason": "x"}
    assert "your own account" in page_of(operator.post(url("code", merged.pk), data))
    assert ReferralCode.objects.get(pk=merged.pk).is_primary


def test_merging_shows_first_and_does_then(operator, program, referral):
    kept, merged = advocate(program), referral.advocate
    data = {"kept": kept.user.email, "reason": "One person"}
    assert "This can't be undone" in page_of(
        operator.get(url("advocate-merge", merged.pk))
    ).replace("&#x27;", "'")
    page = page_of(operator.post(url("advocate-merge", merged.pk), data))
    assert referral.code.pretty in page
    assert "stays where it is" in page
    assert not Advocate.objects.exclude(merged_into=None).exists()
    page = operator.post(url("advocate-merge", merged.pk), {**data, "do": "1"}, follow=True)
    assert "Merged into" in page_of(page)
    merged.refresh_from_db()
    assert merged.merged_into == kept


def test_only_somebody_of_the_program_can_be_kept(operator, program):
    merged = advocate(program)
    for text in (merged.user.email, "nobody@example.com"):
        answer = operator.post(url("advocate-merge", merged.pk), {"kept": text, "reason": "x"})
        assert answer.context["form"].errors["kept"]
