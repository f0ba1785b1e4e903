"""What the races start from: programs, orders that were paid unnoticed, rewards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import override_settings
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import lifecycle, reasons
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import reserve
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program, publish_again
from tests.account.consent import VERIFIED
from tests.api_client import basket_of, place, priced
from tests.rewards.cases import order, referred, set_status
from tests.shop import product


def lifecycle_of_site() -> None:
    """End what is live, so that the next trial starts on an empty site."""
    for live in Program.objects.filter(status=Program.Status.LIVE):
        lifecycle.end(program=live)


def program_without_hold() -> Program:
    """RM 20 for both sides, available as soon as the order is paid."""
    return live_program(
        friend={"value": 2000}, advocate={"value": 2000, "validity_days": 90}, hold_days=0
    )


def program_with_limit(limit: dict[str, Any]) -> Program:
    """The only live program of the site: RM 20 for the advocate, up to a limit."""
    lifecycle_of_site()
    return live_program(advocate={"value": 2000, "validity_days": 90}, hold_days=0, limits=[limit])


def program_of_choice() -> Program:
    """The only live program of the site: a voucher or store credit for the advocate."""
    lifecycle_of_site()
    own = {"side": "advocate", "choice": "either", "value": 1500}
    return live_program(
        friend={"value": 2000},
        advocate=None,
        more=[own | {"validity_days": 90}, own | {"kind": "credit", "position": 1}],
        hold_days=0,
    )


def program_with_new_version(*, members: int) -> Program:
    """The only live program of the site, whose members have accepted the first version alone.

    They join in the first trial; each trial has a version more.
    """
    program = Program.objects.filter(name="Told", status=Program.Status.LIVE).first()
    if program is None:
        lifecycle_of_site()
        program = live_program(name="Told")
        for _number in range(members):
            advocate(program)
    # What they were owed before is no part of it.
    OutboxMessage.objects.all().delete()
    publish_again(program, friend={"value": 500})
    return program


def versions_of_goods_and_delivery() -> list[ProgramVersion]:
    """Two of the only live program of the site: a discount and free delivery, and once the other
    way round. Made in the first trial."""
    versions = ProgramVersion.objects.filter(program__name="Both", program__status="live")
    if not versions:
        lifecycle_of_site()
        first, second = ({"value": 2000, "position": 0}, {"maximum": 1000, "position": 1})
        program = live_program(name="Both", friend=first, friend_delivery=second)
        turned = {"friend": first | {"position": 1}, "friend_delivery": second | {"position": 0}}
        publish_again(program, **turned)
    return list(versions.select_related("program").order_by("number"))


def referred_order(program: Program) -> Referral:
    """A guest's order with a code, paid, not settled yet."""
    code = code_for(advocate=advocate(program))
    basket = basket_of(None, product("100.00"))
    basket.vouchers.add(code.voucher)
    order = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    pay_unnoticed(order)
    return Referral.objects.get(order_number=order.number)


def paid_order(program: Program, member: Advocate) -> Referral:
    """An order with a member's code and without a discount, paid, not settled yet."""
    referral = referred(program, member=member, discount=0)
    pay_unnoticed(referral.order)
    return referral


def pay_unnoticed(order: Any) -> None:
    """Pay an order in a way that sends no signal, so that whoever settles first is a race."""
    source_type, _created = get_model("payment", "SourceType").objects.get_or_create(name="Card")
    source = get_model("payment", "Source")
    source.objects.bulk_create(
        [
            source(
                order=order,
                source_type=source_type,
                currency=order.currency,
                amount_allocated=order.total_incl_tax,
                amount_debited=order.total_incl_tax,
            )
        ]
    )


def available_reward(program: Program) -> Reward:
    """An advocate's reward that can be spent."""
    referral = referred_order(program)
    settle(referral.pk)
    reward = Reward.objects.get(referral=referral, side="advocate")
    assert reward.state == Reward.State.AVAILABLE
    return reward


def credit_lot(program: Program) -> Reward:
    """RM 10 of an advocate's credit, in a program beside the live one."""
    lifecycle_of_site()
    side = {"kind": "credit", "value": 1000, "validity_days": 90}
    referral = referred_order(live_program(friend={"value": 2000}, advocate=side, hold_days=0))
    settle(referral.pk)
    return Reward.objects.get(referral=referral, side="advocate")


def program_for_guests() -> Program:
    """The only live program of the site: RM 10 of credit for the advocate, and for the friend."""
    lifecycle_of_site()
    credit = {"kind": "credit", "value": 1000, "validity_days": 90}
    over = {"side": "friend", "trigger": "order_over", "threshold": 1000}
    return live_program(friend=None, advocate=credit, more=[credit | over], hold_days=0)


def addresses_are_proved() -> override_settings:
    """While it lasts, the shop lets nobody in who has not answered a mail to the address."""
    proved = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": VERIFIED}
    return override_settings(OSCAR_REFERRALS=proved)


def guest_order(program: Program, email: str) -> Referral:
    """A guest's order with somebody's code, not paid and not settled yet."""
    referral = referred(program, discount=0, guest_email=email)
    Referral.objects.filter(pk=referral.pk).update(friend=None, friend_key=email_key(email))
    return Referral.objects.get(pk=referral.pk)


def guest_who_owes_back() -> tuple[Referral, Reward]:
    """A guest's order, paid unnoticed, and what the account that was opened since owes back."""
    program = program_for_guests()
    account = UserFactory.build()
    waits = guest_order(program, account.email)
    settle(waits.pk)
    account = UserFactory(email=account.email)
    settle(waits.pk)
    member = advocate(program, user=account)
    referral = paid_order(program, member)
    settle(referral.pk)
    debt = Reward.objects.get(referral=referral, side="advocate")
    basket = basket_of(account, product("100.00"))
    reserve(owner_id=account.pk, basket_id=basket.pk, currency="MYR", amount=1000)
    placed = order("90.00", user=account)
    begin(basket_id=basket.pk, order_number=placed.number, currency="MYR", amount=1000)
    capture(order_number=placed.number)
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    debt.refresh_from_db()
    assert (debt.advocate, debt.clawback) == (member, 1000)
    return Referral.objects.get(pk=waits.pk), debt


def cancelled_and_new_order_of_a_guest() -> list[Referral]:
    """Two orders of one guest: the first was cancelled, and let go of the guest by that."""
    program = program_for_guests()
    email = UserFactory.build().email
    first = guest_order(program, email)
    set_status(first.order, "Cancelled")
    Referral.objects.filter(pk=first.pk).update(state="released", reason=reasons.ORDER_CANCELLED)
    second = guest_order(program, email)
    set_status(first.order, "Pending")
    return [first, second]
