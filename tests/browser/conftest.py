"""A real browser on the live server, watched for errors and kept away from all other servers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from tests.browser import chromium

# Playwright's synchronous interface runs inside an event loop, where Django refuses queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

HERE = Path(__file__).parent
SCREENSHOTS = HERE.parent / "artifacts" / "screenshots"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
# Long enough for a machine with other work to do: speed is asserted elsewhere, by counting.
PATIENCE_MS = 45_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


def pytest_sessionstart(session: pytest.Session) -> None:
    """One clear failure where no browser can be had, instead of one for each test."""
    if session.config.option.collectonly:
        return
    try:
        chromium.find()
    except RuntimeError as error:
        raise pytest.UsageError(str(error)) from error


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "args": list(chromium.LAUNCH_ARGUMENTS),
    }


@pytest.fixture(
    params=[pytest.param(DESKTOP, marks=pytest.mark.wide), PHONE], ids=["1280px", "360px"]
)
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Ask for it to run a test on a phone, and where it is asked for at a desk as well."""
    return request.param


def answer_for_the_world(route: Route) -> None:
    """Oscar's layout asks a delivery network for jQuery, of which Oscar ships a copy."""
    if re.search(r"/jquery(\.min)?\.js$", route.request.url):
        route.fulfill(path=finders.find("oscar/js/jquery/jquery.min.js"))
    else:
        route.abort()


@pytest.fixture
def expected_errors() -> list[str]:
    """Patterns of the errors that a test provokes on purpose."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, live_server: Any, expected_errors: list[str]
) -> Iterator[Callable[..., Page]]:
    """Make pages, each in a browser profile of its own, like people on machines of their own.

    `open_page(user=…, viewport=PHONE, locale="ms", java_script=False)`. What goes wrong on a page
    of the live server (an exception, an error in the console, an answer of 500) fails the test at
    its end, but for what the test has put into `expected_errors`.
    """
    pages: list[Page] = []
    troubles: list[str] = []

    def open_page(
        *,
        user: Any = None,
        viewport: dict[str, int] = DESKTOP,
        locale: str = "en-gb",
        java_script: bool = True,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            user_agent=as_a_person(browser),
            viewport=viewport,
            locale=locale,
            java_script_enabled=java_script,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.route(lambda url: not url.startswith(live_server.url), answer_for_the_world)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        page = context.new_page()
        watch(page)
        pages.append(page)
        return page

    def watch(page: Page) -> None:
        def console(message: ConsoleMessage) -> None:
            if message.type == "error" and message.location["url"].startswith(live_server.url):
                troubles.append(f"{page.url}: {message.text}")

        page.on("console", console)
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on(
            "response",
            lambda response: (
                response.status >= 500 and troubles.append(f"{response.url}: {response.status}")
            ),
        )

    yield open_page
    for page in pages:
        page.context.close()
    found = [
        trouble
        for trouble in troubles
        if not any(re.search(pattern, trouble) for pattern in expected_errors)
    ]
    assert not found, "The browser met errors:\n" + "\n".join(found)


def as_a_person(browser: Browser) -> str:
    """What the same browser calls itself with a window: without one it is taken for a robot."""
    return (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{browser.version} Safari/537.36"
    )


def session_of(user: Any, url: str) -> dict[str, str]:
    """The cookie of a visitor who has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def screenshot() -> Callable[..., Path]:
    """Keep a picture of a page: `screenshot(page, "account")`."""

    def screenshot(page: Page, name: str, *, full_page: bool = True) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=full_page, animations="disabled")
        return path

    return screenshot


@pytest.fixture
def assert_axe_clean() -> Callable[..., None]:
    """Check a region of a page against WCAG 2.2 AA: `assert_axe_clean(page, ".rf-portal")`.

    Always name our own region: Oscar's and Wagtail's layouts have findings of their own.
    """

    def assert_axe_clean(page: Page, context: str) -> None:
        page.wait_for_load_state()
        assert page.locator(context).count(), f"There is no {context} on {page.url}"
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        options = {"runOnly": {"type": "tag", "values": tags}}
        answer = Axe().run(page, context=context, options=options)
        findings = [
            f"{violation['id']}: {violation['help']}\n  "
            + "\n  ".join(node["html"] for node in violation["nodes"])
            for violation in answer.response["violations"]
        ]
        assert not findings, f"axe on {page.url} ({context}):\n" + "\n".join(findings)

    return assert_axe_clean
