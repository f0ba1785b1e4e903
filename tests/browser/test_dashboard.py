"""The operator's screens in a real browser, at both widths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from oscar_referrals.attribution.models import Referral
from oscar_referrals.programs.drafts import draft_of
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import UserFactory, live_program, referral_code
from tests.browser.conftest import DESKTOP, PHONE
from tests.dashboard.pages import url
from tests.shop import Visitor, pay_in_full, product


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1280px", "360px"])
def viewport(request):
    """Staff sit at a desk, and carry a phone: both, each time."""
    return request.param


@pytest.fixture
def manager():
    return UserFactory(is_staff=True, is_superuser=True, email="manager@shop.example")


@pytest.fixture
def referral():
    """A credited, paid order whose reward can be spent."""
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(referral_code(live_program()).code)
    order = friend.order("friend@example.com")
    pay_in_full(order)
    made = Referral.objects.get()
    settle(made.pk)
    settle(made.pk, now=timezone.now() + timedelta(days=21))
    return made


def test_every_screen_fits_and_is_accessible(
    open_page, viewport, manager, referral, assert_axe_clean, screenshot
):
    program = referral.program
    draft = draft_of(program=program)
    draft.hold_days, draft.attribution_days = 21, 60
    draft.save()
    page = open_page(user=manager, viewport=viewport)
    width = viewport["width"]
    for name, address in {
        "programs": url("program-list"),
        "program-new": url("program-create"),
        "program": url("program-detail", program.pk),
        "program-stop": url("program-stop", program.pk),
        "draft": url("version-edit", draft.pk),
        "publish": url("version-publish", draft.pk),
        "version": url("version-detail", program.current_version_id),
        "referrals": url("referral-list"),
        "referral": url("referral-detail", referral.pk),
        "rewards": url("reward-list"),
        "reward": url("reward-detail", referral.rewards.get(side="advocate").pk),
        "liability": url("liability"),
        "ledger": url("ledger-list"),
        "accounts": url("trial-balance"),
        "all-accounts": url("account-list"),
        "statement": url("statement-advocate", referral.advocate_id),
        "messages": url("message-list"),
        "report": url("report"),
    }.items():
        page.goto(address)
        assert_axe_clean(page, ".rf-dashboard")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{name} is wider than {width} px"
        screenshot(page, f"dashboard-{name}-{width}")


def test_an_operator_makes_a_program_and_publishes_it(open_page, viewport, manager):
    page = open_page(user=manager, viewport=viewport)
    page.goto(url("program-list"))
    page.get_by_role("link", name="Create the first program").click()
    page.get_by_label("Name").fill("Spring")
    page.get_by_role("button", name="Create and set it up").click()
    friend = page.get_by_role("group", name="What the friend gets", exact=True)
    friend.get_by_label("Amount", exact=True).first.fill("20")
    friend.get_by_label("Minimum spend").first.fill("80")
    expect(friend.get_by_label("Percentage", exact=True).nth(1)).to_be_hidden()
    advocate = page.get_by_role("group", name="What the advocate gets", exact=True)
    advocate.get_by_label("Amount", exact=True).first.fill("15")
    for language in ("English", "Bahasa Melayu", "Bahasa Indonesia"):
        page.get_by_label(language, exact=True).fill("Our general terms apply.")
    page.get_by_role("button", name="Save and preview").click()
    preview = page.get_by_role("complementary")
    preview.get_by_text("Nothing is in the way of publishing.").wait_for()
    expect(preview).to_contain_text("20")
    page.get_by_role("button", name="Save, then check and publish").click()
    page.get_by_role("button", name="Publish version 1").click()
    page.get_by_text("Version 1 is published").wait_for()
    assert Program.objects.get().status == "live"


def test_the_report_works_without_a_script(open_page, manager, referral):
    page = open_page(user=manager, java_script=False)
    page.goto(url("report"))
    expect(page.locator("canvas").first).to_be_hidden()
    expect(page.get_by_role("table").first).to_be_visible()
    page.get_by_role("link", name="Last 7 days").click()
    expect(page.get_by_role("row").nth(7)).to_be_visible()


def test_the_report_draws_what_the_table_says(open_page, manager, referral):
    page = open_page(user=manager)
    page.goto(url("report"))
    canvas = page.locator("canvas[data-rf-chart=funnel]")
    canvas.wait_for()
    drawn = page.evaluate(
        "Chart.getChart(document.querySelector('[data-rf-chart=funnel]')).data.datasets[2].data"
    )
    assert drawn[-1] == 1
    assert sum(drawn) == 1
