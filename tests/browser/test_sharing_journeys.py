"""From a share to another person's order: what arrives, for whom it counts, what still holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse
from oscar.core.loading import get_model
from playwright.sync_api import Page, Request, expect

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.share_models import Share
from oscar_referrals.test.factories import live_program, referral_code
from tests.browser.conftest import PHONE
from tests.browser.layout import page_width
from tests.browser.shopping import (
    enter_code,
    open_basket,
    place_order,
    put_into_basket,
    sign_in,
    spaced,
    to_preview,
)
from tests.dashboard.conftest import OPERATOR
from tests.shop import country, customer, pay_in_full, product, staff

DISCLOSURE = "(I get a reward too when you order.)"


@pytest.fixture(autouse=True)
def shop(settings: Any) -> None:
    """A shop that delivers to Malaysia, writes its money as people there do, and pays at once."""
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "CURRENCY_SYMBOLS": {"MYR": "RM"}}
    settings.OSCAR_CURRENCY_FORMAT = {"MYR": {"format": "'RM '#,##0.00"}}
    country()


def fits(page: Page) -> None:
    """Nothing stands beside the screen."""
    width = page.viewport_size["width"]
    assert page_width(page) <= width, page.url


def test_shared_by_whatsapp_opened_on_a_phone_typed_on_a_desktop_and_credited_once(
    open_page: Callable[..., Page],
) -> None:
    code = referral_code(live_program(hold_days=0), user=customer("farah@example.com"))
    coffee = product("100.00")
    advocate = open_page(viewport=PHONE, has_touch=True)
    advocate.goto(f"{reverse('customer:login')}?next={reverse('catalogue:index')}")
    sign_in(advocate, code.advocate.user)
    # The menu and its entry: two taps to the link.
    toggle = advocate.get_by_role("button", name="Toggle navigation")
    toggle.locator("visible=true").first.tap()
    advocate.get_by_role("link", name="Refer a friend").locator("visible=true").first.tap()
    link = message_by_whatsapp(advocate)

    friend = open_page(viewport=PHONE, has_touch=True)
    friend.goto(link)
    expect(friend.get_by_role("heading", level=1)).to_contain_text("invites you to Kedai Ujian")
    expect(friend.locator(".rf-hero")).to_contain_text(spaced("RM 20 off your first order"))
    fits(friend)
    on_paper = friend.locator(".rf-hero .rf-code").inner_text()
    opened = Touch.objects.get()
    assert (opened.method, opened.channel, opened.placement) == ("link", "whatsapp", "account-menu")
    assert not Claim.objects.exists()

    desktop = open_page()
    put_into_basket(desktop, coffee)
    open_basket(desktop)
    enter_code(desktop, on_paper)
    expect(desktop.locator("#basket_totals")).to_contain_text(spaced("-RM 20.00"))
    to_preview(desktop, guest="friend@example.com")
    order = place_order(desktop)
    desktop.reload()

    pay_in_full(get_model("order", "Order").objects.get(number=order))
    for _again in range(2):
        call_command("referrals_work", verbosity=0)
    referral = Referral.objects.get()
    assert (referral.state, referral.order_number) == (Referral.State.BOUND, order)
    assert referral.code == code
    assert referral.claim == Claim.objects.get()
    assert referral.claim.method == Claim.Method.TYPED
    assert sorted(Touch.objects.values_list("method", flat=True)) == ["link", "typed"]
    assert sorted(Reward.objects.values_list("side", flat=True)) == ["advocate", "friend"]
    reward = Reward.objects.get(side="advocate")
    assert (reward.state, reward.owner) == (Reward.State.AVAILABLE, code.advocate.user)
    assert audit() == []
    advocate.reload()
    expect(advocate.get_by_text(spaced("Your RM 15 is ready to use."))).to_be_visible()
    fits(advocate)


def message_by_whatsapp(page: Page) -> str:
    """Tap WhatsApp; the link in the message that WhatsApp would be opened with."""
    expect(page.get_by_role("textbox", name="Your link")).to_be_visible()
    fits(page)
    counted = f"**{reverse('referrals:shared')}"
    with page.expect_response(counted), page.context.expect_event("request", for_whatsapp) as sent:
        page.get_by_role("link", name="WhatsApp").tap()
    (text,) = parse_qs(urlsplit(sent.value.url).query)["text"]
    words, disclosure = text[: -len(DISCLOSURE)].rstrip(), text[-len(DISCLOSURE) :]
    assert disclosure == DISCLOSURE
    assert spaced("RM 20 off your first order").match(words)
    link = words.split()[-1]
    assert urlsplit(link).netloc == urlsplit(page.url).netloc
    share = Share.objects.get()
    assert (share.channel, share.placement) == ("whatsapp", "account-menu")
    return link


def for_whatsapp(request: Request) -> bool:
    return request.url.startswith("https://wa.me/")


def test_one_friends_link_another_friends_code_and_everybody_learns_why(
    open_page: Callable[..., Page], settings: Any, screenshot: Callable[..., Any]
) -> None:
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {
        "COOKIE_CONSENT": "tests.account.consent.given"
    }
    program = live_program()
    aminah, bala = (
        referral_code(program, user=customer(f"{name.lower()}@example.com", first_name=name))
        for name in ("Aminah", "Bala")
    )
    baru = customer("baru@example.com")
    friend = open_page(user=baru)
    friend.goto(share_path(aminah, channel="whatsapp"))
    put_into_basket(friend, product("100.00"))
    open_basket(friend)
    expect(friend.locator("#basket_totals")).to_contain_text(pretty(aminah.code))
    enter_code(friend, pretty(bala.code))
    totals = friend.locator("#basket_totals")
    expect(totals).to_contain_text(pretty(bala.code))
    expect(totals).not_to_contain_text(pretty(aminah.code))
    expect(totals).to_contain_text(spaced("-RM 20.00"))
    to_preview(friend)
    order = place_order(friend)
    assert Referral.objects.get(state=Referral.State.BOUND).advocate == bala.advocate

    clerk = open_page(user=staff("view_referral"))
    clerk.goto(reverse("oscar_referrals_dashboard:referrals-referral-list"))
    clerk.get_by_role("link", name=order).click()
    rows = clerk.locator("section[aria-labelledby=rf-considered] tbody tr")
    expect(rows).to_have_count(2)
    for shown, words in (
        (bala.pretty, ["Code typed", "Chosen"]),
        (aminah.pretty, ["Link opened", "Rejected by precedence: the way of another counts more"]),
    ):
        for text in words:
            expect(rows.filter(has_text=shown)).to_contain_text(text)
    # Nothing has been settled by then, so nothing is said about who gets none.
    rewards = clerk.get_by_role("region", name="Rewards")
    expect(rewards).to_contain_text("have not been worked out yet")
    expect(rewards).not_to_contain_text("Nobody gets a reward")
    screenshot(clerk, "considered-1280")

    friend.goto(reverse("referrals:portal"))
    own = friend.get_by_role("region", name="Orders you placed with a friend's invitation")
    own.get_by_text("Why?").click()
    steps = own.locator("ol > li")
    expect(steps).to_have_count(2)
    expect(steps.filter(has_text="You typed a code.")).to_contain_text("This counts.")
    opened = steps.filter(has_text="You opened a link.")
    expect(opened).to_contain_text("This doesn't count. An invitation that counts more")
    for text in ("Aminah", "Bala", aminah.pretty, bala.pretty):
        expect(friend.locator(".rf")).not_to_contain_text(text)

    inviter = open_page(user=aminah.advocate.user, viewport=PHONE)
    inviter.goto(reverse("referrals:portal"))
    lost = inviter.get_by_role("region", name="Why wasn't I credited?")
    expect(lost).to_contain_text("An invitation that counts more, by the order in the terms")
    expect(lost).not_to_contain_text("Bala")
    fits(inviter)


def test_what_was_claimed_at_30_is_30_after_the_offer_was_changed_to_10(
    open_page: Callable[..., Page],
) -> None:
    program = live_program(friend={"value": 3000, "minimum": 8000})
    code = referral_code(program)
    coffee = product("100.00")
    early = open_page(viewport=PHONE)
    early.goto(share_path(code))
    expect(early.locator(".rf-hero")).to_contain_text(spaced("RM 30 off your first order"))
    early.get_by_role("button", name="Claim my discount").click()
    expect(early.locator("#messages")).to_contain_text("Your discount is saved")

    change_the_discount(open_page(user=staff(*OPERATOR)), program, "10")

    portal = open_page(user=code.advocate.user)
    portal.goto(reverse("referrals:portal"))
    expect(portal.locator("#rf-message")).to_contain_text(spaced("RM 10 off"))
    late = open_page(viewport=PHONE)
    late.goto(portal.get_by_role("textbox", name="Your link").input_value())
    expect(late.locator(".rf-hero")).to_contain_text(spaced("RM 10 off your first order"))
    late.get_by_role("button", name="Claim my discount").click()

    for page, email, discount, total in (
        (early, "early@example.com", "-RM 30.00", "70.00"),
        (late, "late@example.com", "-RM 10.00", "90.00"),
    ):
        put_into_basket(page, coffee)
        open_basket(page)
        expect(page.locator("#basket_totals")).to_contain_text(spaced(discount))
        to_preview(page, guest=email)
        expect(page.locator("#basket_totals")).to_contain_text(total)
        place_order(page)
    saved = Referral.objects.order_by("pk").values_list("version__number", "friend_discount")
    assert list(saved) == [(1, 3000), (2, 1000)]


def change_the_discount(page: Page, program: Any, value: str) -> None:
    """The operator publishes another version, which gives friends another amount."""
    page.goto(reverse("oscar_referrals_dashboard:referrals-program-detail", args=[program.pk]))
    page.get_by_role("button", name="Prepare a new version").click()
    page.locator("[name=friend-MYR-value]").fill(value)
    page.get_by_role("button", name="Save, then check and publish").click()
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_role("heading", name="What version 2 promises")).to_be_visible()
