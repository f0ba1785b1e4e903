"""How a page lies on the screen."""

from __future__ import annotations

from playwright.sync_api import Page


def page_width(page: Page) -> int:
    """How wide the page is in CSS pixels, once it has loaded: before, parts may lie elsewhere."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth")
