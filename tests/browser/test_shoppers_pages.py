"""The pages of advocates and friends: few taps, the keyboard alone, named, clean, and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.alias import set_alias
from oscar_referrals.programs import lifecycle
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.own_code import choose_code
from oscar_referrals.test.factories import advocate, live_program, referral_code
from tests.browser.conftest import PHONE
from tests.browser.layout import page_width
from tests.browser.shopping import sign_in
from tests.shop import Visitor, customer, pay_in_full, product


@pytest.fixture
def look(
    screenshot: Callable[..., Any], assert_axe_clean: Callable[..., None]
) -> Callable[..., None]:
    """Keep pictures of a page; it has to fit three widths and, in our regions, pass axe."""

    def look(page: Page, name: str) -> None:
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page_width(page) <= width, name
            if width > 320:
                assert_axe_clean(page, ".rf")
                screenshot(page, f"{name}-{width}")

    return look


class Taps:
    """Counts what a person taps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def __call__(self, role: str, name: str) -> None:
        found = self.page.get_by_role(role, name=name).locator("visible=true").first
        expect(found).to_be_visible()
        found.tap()
        self.number += 1


def test_a_shareable_link_in_two_taps_after_login_and_a_claim_in_one(
    open_page: Callable[..., Page],
) -> None:
    live_program()
    user = customer("farah@example.com", first_name="Farah")
    # To the account, as from a mail that invites people to join.
    page = after_login(open_page, user, "customer:summary", "accounts/profile/$")
    tap = Taps(page)
    tap("link", "Refer a friend")
    tap("button", "Accept the terms and get my link")
    link = page.get_by_role("textbox", name="Your link")
    expect(link).to_be_visible()
    assert tap.number == 2

    # Whoever takes part comes from any page.
    again = after_login(open_page, user, "catalogue:index", "catalogue/$")
    tap = Taps(again)
    tap("button", "Toggle navigation")
    tap("link", "Refer a friend")
    expect(again.get_by_role("textbox", name="Your link")).to_be_visible()
    assert tap.number == 2

    friend = open_page(viewport=PHONE, has_touch=True)
    friend.goto(link.input_value())
    tap = Taps(friend)
    tap("button", "Claim my discount")
    expect(friend.locator("#messages")).to_contain_text("Your discount is saved")
    assert tap.number == 1
    assert Claim.objects.count() == 1


def after_login(open_page: Callable[..., Page], user: Any, wanted: str, reached: str) -> Page:
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto(f"{reverse('customer:login')}?next={reverse(wanted)}")
    sign_in(page, user)
    expect(page).to_have_url(re.compile(reached))
    return page


def a_busy_member() -> Any:
    """An advocate with a long name, many friends, goals ahead, several codes and large amounts."""
    program = live_program(
        hold_days=0,
        friend={"value": 123456789, "minimum": 8000},
        advocate={"value": 1500, "tiers": {10: {"currency": "MYR", "value": 98765432}}},
        more=[
            {"side": "advocate", "trigger": "milestone", "number": 15, "value": 5000000},
            {"side": "advocate", "trigger": "every_nth", "number": 4, "value": 2000},
        ],
        limits=[{"scope": "advocate", "window": "year", "amount": 120}],
    )
    user = customer(
        "farah@example.com",
        first_name="Nur Farahnaz Aminatuzzuhriyah",
        last_name="binti Tengku Abdul Rahman",
    )
    member = advocate(program, user=user, show_name=True)
    code = code_for(advocate=member)
    for number in range(2):
        friend = Visitor(customer(first_name="Faridzul Hamidunnasution"))
        friend.client.post(share_path(code), {"shows_name": "on"} if number else {})
        friend.add(product("100.00"))
        pay_in_full(friend.order())
    settle_due()
    Referral.objects.bulk_create(
        Referral(
            program=program,
            version=program.current_version,
            code=code,
            advocate=member,
            order_number=f"old-{number}",
            currency="MYR",
            order_total=10000,
            state=Referral.State.REFUSED,
            reason="existing-customer",
            created_at=timezone.now(),
        )
        for number in range(12)
    )
    choose_code(advocate=member, text="FARAHNAZAMINATUZZUHR")
    set_alias(advocate=member, alias="Nur Farahnaz Aminatuzzuhriyah", on_leaderboard=True)
    for number in range(3):
        other = advocate(program)
        set_alias(advocate=other, alias=f"Kopi {number}", on_leaderboard=True)
        Referral.objects.bulk_create(
            Referral(
                program=program,
                version=program.current_version,
                code=code_for(advocate=other),
                advocate=other,
                order_number=f"other-{number}-{place}",
                currency="MYR",
                order_total=10000,
                state=Referral.State.BOUND,
                created_at=timezone.now(),
                counted_at=timezone.now(),
            )
            for place in range(number)
        )
    return member


def test_every_page_of_a_busy_member_fits_and_is_clean(
    open_page: Callable[..., Page], look: Callable[..., None]
) -> None:
    member = a_busy_member()
    assert Reward.objects.filter(owner=member.user).exists()
    page = open_page(user=member.user)
    page.goto(reverse("referrals:portal"))
    expect(page.locator("[data-rf-fact]")).to_have_count(7)
    expect(page.get_by_role("progressbar")).to_have_count(3)
    for summary in page.locator(".rf summary").all():
        summary.click()
    look(page, "portal-busy")
    for name in ("leaderboard", "my-data", "mails", "card"):
        page.goto(reverse(f"referrals:{name}"))
        look(page, name)
    friend = open_page()
    friend.goto(share_path(code_for(advocate=member)))
    expect(friend.locator("[data-rf-fact]")).to_have_count(7)
    look(friend, "landing-long")
    friend.goto(reverse("referrals:portal"))
    expect(friend.locator("[data-rf-fact]")).to_have_count(7)
    look(friend, "introduction-long")
    lifecycle.end(program=member.program)
    for target, name in (
        (share_path(code_for(advocate=member)), "landing-ended"),
        (reverse("referrals:landing", args=["CDFGHJKMNPQ"]), "landing-unknown"),
    ):
        friend.goto(target)
        expect(friend.get_by_role("link", name="Look around").first).to_be_visible()
        look(friend, name)


def test_joining_choosing_a_code_and_a_name_with_the_keyboard_alone(
    open_page: Callable[..., Page],
) -> None:
    live_program()
    page = open_page(user=customer(first_name="Farah"), viewport=PHONE)
    page.goto(reverse("referrals:portal"))
    reach(page, "button", "Accept the terms and get my link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Your link")).to_be_visible()
    reach(page, "summary", "Choose a code of my own")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("farahteh")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Your code is now FARAHTEH.")
    page.goto(reverse("referrals:leaderboard"))
    reach(page, "textbox", "My name on the leaderboard")
    page.keyboard.type("Teh Tarik")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("You are on the leaderboard as Teh Tarik.")


def test_from_the_link_to_the_claim_and_to_sharing_with_the_keyboard_alone(
    open_page: Callable[..., Page],
) -> None:
    code = referral_code(live_program())
    friend = open_page(viewport=PHONE)
    friend.goto(share_path(code))
    reach(friend, "button", "Claim my discount")
    friend.keyboard.press("Tab")
    expect(friend.get_by_role("checkbox", name="My friend may see my first name.")).to_be_focused()
    friend.keyboard.press("Space")
    friend.keyboard.press("Enter")
    expect(friend.locator("#messages")).to_contain_text("Your discount is saved")
    assert Claim.objects.get().shows_name

    page = open_page(user=code.advocate.user, viewport=PHONE)
    page.goto(reverse("referrals:portal"))
    reach(page, "link", "Straight to my link")
    page.keyboard.press("Enter")
    reach(page, "textbox", "Your link", presses=1)
    reach(page, "button", "Copy link", presses=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").locator("visible=true").first).to_have_text(
        "The link is copied."
    )
    reach(page, "link", "WhatsApp (opens in a new window)", presses=2)
    with page.context.expect_event(
        "request", lambda request: request.url.startswith("https://wa.me/")
    ):
        page.keyboard.press("Enter")
    reach(page, "link", "E-mail", presses=1)
    reach(page, "button", "Copy message", presses=4)


def test_sharing_without_javascript(open_page: Callable[..., Page]) -> None:
    code = referral_code(live_program())
    page = open_page(user=code.advocate.user, viewport=PHONE, java_script=False)
    page.goto(reverse("referrals:portal"))
    link = page.get_by_role("textbox", name="Your link")
    expect(link).to_have_value(re.compile(code.code))
    expect(page.get_by_text(code.pretty).first).to_be_visible()
    link.click()
    page.keyboard.press("Control+A")
    selected = "node => node.value.slice(node.selectionStart, node.selectionEnd) === node.value"
    assert link.evaluate(selected)
    for name in ("Copy link", "Copy message", "Copy code", "Share…"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    message = page.locator("#rf-message")
    expect(message).to_contain_text("(I get a reward too when you order.)")
    sent = page.get_by_role("link", name="WhatsApp").get_attribute("href")
    assert parse_qs(urlsplit(sent).query)["text"][0].startswith("MYR")
    page.get_by_text("Add your own words").click()
    page.get_by_label("Your words to your friends").fill("The coffee is good.")
    page.get_by_role("button", name="Put them into the message").click()
    expect(message).to_contain_text("The coffee is good.")


def reach(page: Page, role: str, name: str, *, presses: int = 120) -> None:
    """Press Tab until the element of this name has the focus, which has to be seen."""
    for _press in range(presses):
        page.keyboard.press("Tab")
        wanted = (
            page.locator("summary", has_text=name)
            if role == "summary"
            else page.get_by_role(role, name=name)
        )
        if wanted.evaluate_all("nodes => nodes.includes(document.activeElement)"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", name
            return
    raise AssertionError(f"The keyboard doesn't reach {name}")


def test_what_a_screen_reader_names(open_page: Callable[..., Page]) -> None:
    code = referral_code(live_program())
    friend = open_page(viewport=PHONE)
    friend.goto(share_path(code))
    expect(friend.get_by_role("heading", level=1)).to_contain_text("invites you to")
    expect(friend.get_by_role("checkbox", name="My friend may see my first name.")).to_be_visible()
    for region in ("What both of you get", "How it works", "Good to know"):
        expect(friend.get_by_role("region", name=region)).to_be_visible()
