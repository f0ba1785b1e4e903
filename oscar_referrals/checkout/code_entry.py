"""The answer to a code typed in Oscar's own voucher box, when it is ours or nobody's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import tries, used_up
from oscar_referrals.checkout.attach import for_person
from oscar_referrals.checkout.person import shopper
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.checkout.rewards_in_basket import use_reward
from oscar_referrals.checkout.waiting import take_claim, waiting_claim
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.alphabet import canonical, looks_chosen, looks_like_ours
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.sources import source_of
from oscar_referrals.sharing.visitors import remember_visitor

#: Set on the basket when the voucher about to be added is another one of the shop's.
FOREIGN = "_referral_foreign"


def enter_code(request: ShopRequest, text: str) -> bool:
    """Answer the try of a code. False if it is another voucher of the shop: Oscar answers then.

    Never-existed, blocked and retired codes get one identical answer, after the same single
    look-up. A text that no code of ours can be costs no look-up.
    """
    code = canonical(text)
    if not looks_like_ours(code) and not looks_chosen(code):
        setattr(request.basket, FOREIGN, True)
        return False
    found = _look_up(text)
    if found is not None and found.code_id is None and found.reward_id is None:
        setattr(request.basket, FOREIGN, True)
        return False
    if tries.exhausted(request):
        minutes = int(conf.get().TRY_WINDOW.total_seconds() // 60)
        _refuse(request, reasons.TOO_MANY_TRIES, minutes=minutes)
        return True
    if found is None:
        tries.count_try(request)
        _refuse(request, reasons.UNKNOWN_CODE)
    elif found.reward_id is not None:
        _enter_reward(request, found.reward_id)
    else:
        _enter_friend_code(request, found.code_id)
    return True


def _look_up(text: str) -> Any:
    """The voucher of this code, of whomever; none for a dead one of ours, with no more work than
    for one that never existed."""
    ours = ReferralCode.objects.filter(voucher=OuterRef("pk"))
    dead = ours.filter(Q(blocked_at__isnull=False) | Q(retires_at__lte=timezone.now()))
    rewards = Reward.objects.filter(voucher=OuterRef("pk"))
    return (
        get_model("voucher", "Voucher")
        # No database looks for a NUL, and no voucher has one.
        .objects.filter(code__in={text.strip().upper().replace("\0", ""), canonical(text)})
        .annotate(
            code_id=Subquery(ours.values("pk")[:1]),
            reward_id=Subquery(rewards.values("pk")[:1]),
        )
        .exclude(Exists(dead))
        .first()
    )


def _enter_reward(request: ShopRequest, reward_id: int) -> None:
    reward = Reward.objects.select_related("program", "incentive").get(pk=reward_id)
    if not request.user.is_authenticated:
        messages.info(request, _("Please sign in to use your reward."))
        return
    use_reward(request, reward)


def _enter_friend_code(request: ShopRequest, code_id: int) -> None:
    code = ReferralCode.objects.select_related("program__current_version", "advocate").get(
        pk=code_id
    )
    person = shopper(request)
    try:
        claim = claim_offer(
            code=code,
            method=Claim.Method.TYPED,
            user=person.user,
            email=person.email,
            existing=_existing_claim(request, code),
            visitor=remember_visitor(request),
            source=source_of(request, consent=Touch.Consent.ASKED_FOR),
            is_used_up=used_up.for_basket(request.basket),
        )
    except ClaimRefused as refused:
        refusal = for_person(refused.refusal, person)
        _refuse(request, refusal.reason, **refusal.params)
        return
    take_claim(request, claim)


def _existing_claim(request: ShopRequest, code: ReferralCode) -> Claim | None:
    """The claim of this code that the session remembers or the basket carries already."""
    waiting = waiting_claim(request)
    if waiting is not None and waiting.code_id == code.pk:
        return waiting
    if not request.basket.id:
        return None
    return (
        Claim.objects.filter(pins__basket_id=request.basket.id, code=code)
        .select_related("version")
        .first()
    )


def _refuse(request: ShopRequest, reason: str, **params: Any) -> None:
    messages.error(request, reasons.shopper_text(reason, **params))
