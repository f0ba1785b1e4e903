"""Another code for an advocate, while the one that was shared goes on working for a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.programs import reasons
from oscar_referrals.sharing.codes import active_code, block, code_for, lookup
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.rotate import MOST_CHOSEN, CodeRefused, replace_code
from oscar_referrals.test.factories import advocate, live_program

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def member():
    return advocate(live_program())


def retire(code: ReferralCode) -> None:
    """Its time is over since a second."""
    gone = timezone.now() - timedelta(seconds=1)
    ReferralCode.objects.filter(pk=code.pk).update(retires_at=gone)


def test_the_old_code_works_until_its_time_is_over(member):
    old = code_for(advocate=member)
    new = replace_code(advocate=member, grace=30 * DAY, reason="On a coupon site")
    assert active_code(member) == new
    assert code_for(advocate=member) == new
    old.refresh_from_db()
    now = timezone.now()
    assert (old.is_primary, old.blocked_at, old.blocked_reason) == (False, None, "On a coupon site")
    assert not old.is_dead(now)
    assert not old.is_dead(old.retires_at - timedelta(seconds=1))
    assert old.is_dead(old.retires_at)


def test_a_claim_made_in_time_is_honoured_and_a_new_one_is_refused(member):
    old = code_for(advocate=member)
    claim = claim_offer(code=old, method="typed")
    replace_code(advocate=member, grace=DAY)
    retire(old)
    old = lookup(old.code)
    assert claim_offer(code=old, method="typed", existing=claim) == claim
    with pytest.raises(ClaimRefused) as refused:
        claim_offer(code=old, method="typed")
    assert refused.value.refusal.reason == reasons.UNKNOWN_CODE


def test_a_chosen_code_is_found_in_every_spelling(member):
    new = replace_code(advocate=member, text="siti-teh ais", grace=None)
    assert new.code == new.voucher.code == new.pretty == "SITITEHAIS"
    assert lookup("Siti Teh-Ais") == new
    # For ever, since no grace was named.
    assert ReferralCode.objects.filter(advocate=member, retires_at=None).count() == 1


def test_taking_up_an_earlier_code_makes_no_second_one(member):
    first = replace_code(advocate=member, text="SITIONE", grace=DAY)
    second = replace_code(advocate=member, text="SITITWO", grace=DAY)
    assert replace_code(advocate=member, text="sitione", grace=DAY) == first
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_primary, first.retires_at) == (True, None)
    assert second.retires_at is not None
    assert replace_code(advocate=member, text="sitione", grace=DAY) == first
    assert ReferralCode.objects.filter(advocate=member).count() == 2


def test_the_code_of_somebody_else_is_never_given(member):
    other = advocate(member.program)
    gone = block(code=replace_code(advocate=other, text="SITITEH", grace=None), reason="x")
    voucher = get_model("voucher", "Voucher")
    voucher.objects.create(
        name="Shop",
        code="raya2026",
        start_datetime=timezone.now(),
        end_datetime=timezone.now() + DAY,
    )
    code_for(advocate=member)
    for taken in (gone.code, code_for(advocate=other).code, "RAYA2026"):
        with pytest.raises(CodeRefused) as refused:
            replace_code(advocate=member, text=taken, grace=None)
        assert refused.value.refusal.reason in (reasons.CODE_TAKEN, reasons.CODE_NOT_ALLOWED)
    assert active_code(member).is_primary


@pytest.mark.parametrize(
    "text", ["", "abc", "12345678", "a" * 21, "xxFCKxx", "BCDFGHJKMNP", "тест!"]
)
def test_what_cannot_be_chosen(member, text):
    with pytest.raises(CodeRefused) as refused:
        replace_code(advocate=member, text=text, grace=None)
    assert refused.value.refusal.reason == reasons.CODE_NOT_ALLOWED


def test_nobody_collects_codes(member):
    for number in range(MOST_CHOSEN):
        replace_code(advocate=member, text=f"SITI{number}TEH", grace=None)
    with pytest.raises(CodeRefused) as refused:
        replace_code(advocate=member, text="SITIXTEH", grace=None)
    assert refused.value.refusal.reason == reasons.TOO_MANY_CODES
    # A random one is always to be had: the chosen one may be on a coupon site.
    assert replace_code(advocate=member, grace=DAY).is_primary


def test_blocking_with_a_grace_never_lets_a_code_work_longer(member):
    code = code_for(advocate=member)
    block(code=code, reason="Leaked", grace=2 * DAY)
    sooner = code.retires_at
    assert (code.is_primary, code.blocked_at) == (False, None)
    block(code=code, reason="Leaked again", grace=9 * DAY)
    assert code.retires_at == sooner
    assert code_for(advocate=member) != code
    block(code=code, reason="At once")
    assert code.is_dead(timezone.now())
