"""What people do in Oscar's own pages, as a browser does it."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

ADDRESS = {
    "first_name": "Aminah",
    "last_name": "Rahman",
    "line1": "5 Jalan Ampang",
    "line4": "Kuala Lumpur",
    "postcode": "50450",
}


def spaced(text: str) -> re.Pattern[str]:
    """The text wherever it stands, with any kind of space between its words."""
    return re.compile(r"\s".join(re.escape(word) for word in text.split()))


def sign_in(page: Page, user: Any) -> None:
    """Fill in Oscar's form, which the page shows; the password is that of `tests.shop`."""
    form = page.locator("#login_form")
    form.get_by_label("Email address").fill(user.email)
    form.get_by_label("Password").fill("secret")
    form.get_by_role("button", name="Log In").click()


def register(page: Page, email: str) -> None:
    """Open an account of one's own, on the way back to the basket."""
    basket = reverse("basket:summary")
    page.goto(f"{reverse('customer:login')}?next={basket}")
    form = page.locator("#register_form")
    form.locator("[name$=email]").fill(email)
    for field in ("password1", "password2"):
        form.locator(f"[name$={field}]").fill("a-long-pass-phrase")
    form.get_by_role("button", name="Register").click()
    expect(page).to_have_url(re.compile(f"{basket}$"))


def put_into_basket(page: Page, item: Any) -> None:
    """Add one of the product, from its own page."""
    page.goto(item.get_absolute_url())
    page.locator("#add_to_basket_form").get_by_role("button", name="Add to basket").click()
    expect(page.locator("#messages")).to_contain_text("has been added to your basket")


def open_basket(page: Page) -> None:
    page.goto(reverse("basket:summary"))
    expect(page.get_by_role("heading", level=1, name="Basket", exact=True)).to_be_visible()


def enter_code(page: Page, code: str) -> None:
    """Type a code into the voucher box of the basket, which the page shows."""
    page.get_by_role("link", name="I have a voucher code...").click()
    form = page.locator("#voucher_form")
    form.get_by_label("Code").fill(code)
    form.get_by_role("button", name="Add voucher").click()


def to_preview(page: Page, *, guest: str = "") -> None:
    """Walk the checkout from the basket to the page that shows the total, as a guest or not."""
    page.get_by_role("link", name="Proceed to checkout").last.click()
    if guest:
        page.get_by_label("My email address is").fill(guest)
        page.get_by_label("I am a new customer and want to checkout as a guest").check()
        page.get_by_role("button", name="Continue").click()
    form = page.locator("#new_shipping_address")
    for field, value in ADDRESS.items():
        form.locator(f"[name={field}]").fill(value)
    form.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", name="Preview order")).to_be_visible()


def place_order(page: Page) -> str:
    """Press the last button of the checkout; the number of the order."""
    page.get_by_role("button", name="Place order").click()
    expect(page.get_by_role("heading", name=re.compile("confirmation"))).to_be_visible()
    return page.locator("p.lead strong").inner_text().strip()
