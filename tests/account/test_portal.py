"""The page "Refer a friend" in the account."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oscar_referrals.attribution.models import Referral
from oscar_referrals.attribution.naming import show_name_of
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.programs import lifecycle
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.give import give
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import block, code_for
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import advocate, live_program, referral_code
from tests.shop import Visitor, customer, pay_in_full, product, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    """RM 20 off a first order of RM 80 or more; RM 15 for the advocate, not held."""
    return live_program(hold_days=0)


@pytest.fixture
def member(program):
    return Visitor(referral_code(program).advocate.user)


def page(visitor) -> str:
    return visitor.get("referrals:portal").content.decode()


def join(visitor, **data):
    terms = visitor.get("referrals:portal").context["terms"]
    values = {"terms": terms.pk, "accept": "on", **data}
    return visitor.post("referrals:join", data=values)


def test_the_accounts_navigation_leads_there(program):
    summary = Visitor(customer()).get("customer:order-list").content.decode()
    assert f'href="{reverse("referrals:portal")}?p=account-menu"' in summary


def test_the_header_leads_there_whoever_takes_part_and_nobody_else(program, member):
    address = f'href="{reverse("referrals:portal")}?p=account-menu"'
    page(member)
    assert address in member.get("catalogue:index").content.decode()
    assert address not in Visitor(customer()).get("catalogue:index").content.decode()


def test_a_visitor_learns_what_it_is_and_how_to_sign_in(program):
    text = page(Visitor())
    assert "MYR\xa020 off their first order of MYR\xa080 or more" in text
    assert f"{reverse('customer:login')}?next={reverse('referrals:portal')}" in text


def test_without_a_program_the_page_says_so():
    assert "no referral program at the moment" in page(Visitor())
    assert "no open referral program" in page(Visitor(customer()))


@pytest.mark.parametrize(
    ("change", "text"),
    [(lifecycle.pause, "The program is paused"), (lifecycle.end, "The program has ended")],
)
def test_who_takes_part_and_who_does_not_read_the_same_reason(program, member, change, text):
    change(program=program)
    for visitor in (Visitor(), Visitor(customer()), member):
        assert text in page(visitor)


def test_joining_shows_the_terms_and_stores_which_were_accepted(program):
    visitor = Visitor(customer())
    text = page(visitor)
    assert "What friends get" in text
    assert "By pressing the button you join the program and accept the terms above." in text
    response = join(visitor, show_name="on")
    assert texts(response) == ["Welcome! Your code and your link are ready to share."]
    joined = Advocate.objects.get(user=visitor.user)
    receipt = TermsAcceptance.objects.get(advocate=joined)
    assert joined.show_name
    assert receipt.terms.version == program.current_version
    assert receipt.terms.language == "en-gb"
    assert ReferralCode.objects.get(advocate=joined).pretty in response.content.decode()
    assert visitor.client.session["referrals_member"] is True


def test_without_accepting_nobody_joins(program):
    visitor = Visitor(customer())
    response = join(visitor, accept="")
    assert "Please accept the terms to join." in response.content.decode()
    assert not Advocate.objects.exists()


def test_terms_that_changed_meanwhile_are_read_again(program):
    visitor = Visitor(customer())
    response = join(visitor, terms="999999")
    assert "The terms have changed since you opened this page." in response.content.decode()
    assert not Advocate.objects.exists()


def test_joining_needs_a_signed_in_customer_and_the_token(program):
    assert Client().post(reverse("referrals:join")).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(customer())
    for name in ("join", "leave", "show-name", "choose-reward", "new-code"):
        assert strict.post(reverse(f"referrals:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["join", "leave", "show-name", "choose-reward", "new-code"])
def test_nothing_changes_by_opening_an_address(member, name):
    assert member.get(f"referrals:{name}").status_code == 405


def test_who_may_not_join_hears_why():
    live_program(may_join="customers")
    text = page(Visitor(customer()))
    assert "You can join once you have placed an order." in text
    assert "Accept the terms and get my link" not in text


def test_a_member_finds_code_link_channels_and_conditions(member):
    text = page(member)
    code = ReferralCode.objects.get()
    assert code.pretty in text
    assert f"http://testserver{share_path(code)}?v=1" in text
    assert "https://wa.me/?text=" in text
    assert "mailto:?subject=" in text
    assert "(I get a reward too when you order.)" in text
    assert "What advocates get" in text


def test_a_member_without_a_code_gets_one_by_a_button(program):
    member = Visitor(advocate(program).user)
    assert "Get my code" in page(member)
    assert not ReferralCode.objects.exists()
    text = member.post("referrals:new-code").content.decode()
    assert ReferralCode.objects.get().pretty in text


def test_a_member_whose_code_was_blocked_learns_it_and_gets_another(member):
    old = block(code=ReferralCode.objects.get(), reason="leaked")
    assert "Your code was blocked" in page(member)
    text = member.post("referrals:new-code").content.decode()
    assert old.pretty not in text
    assert ReferralCode.objects.get(blocked_at=None).pretty in text


def test_the_name_is_shown_only_while_the_member_wants_it(member):
    response = member.post("referrals:show-name", data={"show_name": "on"})
    assert texts(response) == ["Friends now see your first name."]
    assert Advocate.objects.get().show_name
    member.post("referrals:show-name", data={})
    assert not Advocate.objects.get().show_name


def test_leaving_and_joining_again(member):
    response = member.post("referrals:leave")
    assert texts(response) == [
        "You have left the program. Rewards that you have earned stay yours."
    ]
    assert "Share your link" not in response.content.decode()
    assert texts(join(member)) == ["Welcome! Your code and your link are ready to share."]


def test_a_member_of_an_earlier_program_joins_the_next_and_keeps_what_was_earned(member, program):
    befriend(ReferralCode.objects.get())
    lifecycle.end(program=program)
    assert "The program has ended" in page(member)
    live_program(name="The next one")
    text = page(member)
    assert "Accept the terms and get my link" in text
    assert "Use my reward" in text
    assert texts(join(member)) == ["Welcome! Your code and your link are ready to share."]


def test_pausing_hides_the_link_and_keeps_the_rest(member, program):
    lifecycle.pause(program=program)
    text = page(member)
    assert "The program is paused" in text
    assert "wa.me" not in text
    assert "My friends" in text


def test_a_friends_order_appears_without_a_name_and_the_reward_is_used_in_one_tap(member, program):
    code = ReferralCode.objects.get()
    friend = Visitor(customer("friend@example.com", first_name="Farid"))
    friend.add(product("100.00"))
    friend.enter(code.code)
    order = friend.order()
    assert "The order is being checked." in page(member)
    settle_due()
    assert "waits until the order is paid" in page(member)
    pay_in_full(order)
    settle(Referral.objects.get().pk)
    text = page(member)
    assert "Friend 1, ordered" in text
    assert "is ready to use" in text
    assert "Farid" not in text
    assert "friend@example.com" not in text
    reward = Reward.objects.get(side="advocate")
    member.add(product("100.00"))
    response = member.post("referrals:use-reward", reward.pk)
    assert texts(response) == ["Your reward is applied: MYR 15 off."]
    assert response.context["basket"].total_discount == 15
    assert "In your basket" in page(member)


def test_a_friends_first_name_is_shown_while_the_friend_agrees(member, program):
    user = customer("friend@example.com", first_name="Farid", last_name="Bin Osman")
    friend = Visitor(user)
    code = ReferralCode.objects.get()
    friend.client.post(share_path(code), {"shows_name": "on"})
    friend.add(product("100.00"))
    friend.order()
    settle_due()
    text = page(member)
    assert "Farid, ordered" in text
    assert "Osman" not in text
    assert show_name_of(user=user, shown=False) == 1
    assert "Friend 1, ordered" in page(member)


def test_the_seven_facts_stand_before_the_link_and_before_joining(member, program):
    for visitor in (member, Visitor(customer()), Visitor()):
        text = page(visitor)
        assert text.count("data-rf-fact=") == 7
    text = page(member)
    assert text.index('data-rf-fact="end-date"') < text.index('id="rf-link"')


def test_the_way_to_the_next_goal_is_a_bar_with_words():
    program = live_program(
        hold_days=0,
        more=[{"side": "advocate", "trigger": "milestone", "number": 3, "value": 5000}],
    )
    code = referral_code(program)
    befriend(code)
    text = page(Visitor(code.advocate.user))
    assert '<progress class="rf-goal__bar" max="3" value="1"' in text
    assert "1 of 3 friends. 2 more to go." in text


def test_nobody_uses_a_reward_of_somebody_else(member, program):
    befriend(ReferralCode.objects.get())
    reward = Reward.objects.get(side="advocate")
    stranger = Client()
    stranger.force_login(customer())
    address = reverse("referrals:use-reward", args=[reward.pk])
    assert stranger.post(address).status_code == 404
    assert Client().post(address).url.startswith(reverse("customer:login"))


def test_the_qr_codes_are_the_members_own(member):
    svg = member.get("referrals:qr")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    assert member.get("referrals:qr-png").content.startswith(b"\x89PNG")
    assert "private" in svg["Cache-Control"]
    outsider = Client()
    assert outsider.get(reverse("referrals:qr")).status_code == 302
    outsider.force_login(customer())
    assert outsider.get(reverse("referrals:qr")).status_code == 404


def test_rewards_that_wait_for_joining_are_announced(program):
    user = customer()
    code = code_for(advocate=Advocate.objects.create(program=program, user=user))
    befriend(code)
    visitor = Visitor(user)
    assert "One reward is already waiting for you." in page(visitor)
    join(visitor)
    settle(Referral.objects.get().pk)
    assert "Use my reward" in page(visitor)


def test_a_gift_of_the_shop_is_told_with_what_the_shop_writes(program, settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    user = customer()
    given = give(
        program=program,
        user=user,
        amount=1000,
        currency="MYR",
        actor=customer(is_staff=True),
        note="angry on the phone",
        customer_note="Sorry for the <i>wait</i>.",
    )
    text = page(Visitor(user))
    assert "Other rewards of mine" in text
    assert "From the shop, " in text
    assert "The shop has given you this reward." in text
    assert "The shop writes: Sorry for the &lt;i&gt;wait&lt;/i&gt;." in text
    assert "angry on the phone" not in text
    assert text.index("My store credit") < text.index("Other rewards of mine")
    assert "No friend has ordered yet." not in text.partition("Other rewards of mine")[0]
    adjust(
        reward_id=given.pk, by=-250, actor=customer(is_staff=True), note="x", customer_note="Half."
    )
    text = page(Visitor(user)).replace("\xa0", " ")
    assert "The shop took off MYR 2.50." in text
    assert "The shop writes: Half." in text


def test_the_page_costs_the_same_for_many_friends(member):
    def friends(number):
        for _count in range(number):
            befriend(ReferralCode.objects.get())
        with CaptureQueriesContext(connection) as captured:
            page(member)
        return len(captured)

    page(member)
    assert friends(0) <= 26
    # The first time, the session learns that there are rewards.
    friends(1)
    assert friends(2) == friends(2)


def befriend(code) -> None:
    """A friend orders with the code and pays, and time does its work."""
    friend = Visitor(customer("", first_name="Farid"))
    friend.add(product("100.00"))
    friend.enter(code.code)
    pay_in_full(friend.order())
    settle_due()
