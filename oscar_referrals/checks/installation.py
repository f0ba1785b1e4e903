"""Is everything in place: apps, middleware, addresses, templates?"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

OURS = "oscar_referrals.checkout.middleware.ReferralMiddleware"
BASKET = "oscar.apps.basket.middleware.BasketMiddleware"
DJANGO_TEMPLATES = "django.template.backends.django.DjangoTemplates"
PROCESSORS = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)


def needed_apps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The dashboard's app, and what the Django admin needs for exports."""
    found: list[CheckMessage] = []
    if not apps.is_installed("oscar_referrals.dashboard"):
        found.append(
            Warning(
                "The referral pages of Oscar's dashboard are missing.",
                hint='Add "oscar_referrals.dashboard" to INSTALLED_APPS, after "oscar_referrals".',
                id="oscar_referrals.W001",
            )
        )
    if apps.is_installed("django.contrib.admin") and not apps.is_installed("import_export"):
        found.append(
            Warning(
                "The Django admin can't show the buttons of the exports.",
                hint='Add "import_export" to INSTALLED_APPS.',
                id="oscar_referrals.W002",
            )
        )
    return found


def order_of_apps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Templates that extend Oscar's own are found only in front of them."""
    names = [config.name for config in apps.get_app_configs()]
    oscar = [i for i, name in enumerate(names) if name == "oscar" or name.startswith("oscar.apps.")]
    if not oscar or names.index("oscar_referrals") < min(oscar):
        return []
    return [
        Warning(
            "Basket, thank-you page and account menu show nothing of the referral program, because "
            "Oscar's templates are found first.",
            hint='Put "oscar_referrals" before the Oscar apps in INSTALLED_APPS.',
            id="oscar_referrals.W003",
        )
    ]


def middleware(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Our middleware is there, and after the one that makes the basket."""
    ours, basket = _position(OURS), _position(BASKET)
    if ours is None:
        return [
            Error(
                "Codes, links and rewards don't work: the referral middleware is missing.",
                hint=f'Add "{OURS}" to MIDDLEWARE, after "{BASKET}".',
                id="oscar_referrals.E006",
            )
        ]
    if basket is not None and ours < basket:
        return [
            Error(
                "The referral middleware comes too early: there is no basket yet.",
                hint=f'Move "{OURS}" in MIDDLEWARE to a place after "{BASKET}".',
                id="oscar_referrals.E007",
            )
        ]
    return []


def addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The shopper's pages have an address, and the operator's."""
    found: list[CheckMessage] = []
    if not _has_address("referrals:portal"):
        found.append(
            Error(
                "Links of advocates lead nowhere: the addresses of the referral pages are missing.",
                hint='Add path("", include("oscar_referrals.urls")) to your urlpatterns, before '
                "Oscar's own.",
                id="oscar_referrals.E008",
            )
        )
    dashboard = "oscar_referrals_dashboard:referrals-program-list"
    if apps.is_installed("oscar_referrals.dashboard") and not _has_address(dashboard):
        found.append(
            Error(
                "The referral pages of the dashboard have no address.",
                hint='Add path("dashboard/referrals/", '
                'apps.get_app_config("oscar_referrals_dashboard").urls) to your urlpatterns, '
                "before Oscar's own.",
                id="oscar_referrals.E009",
            )
        )
    return found


def templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Our templates are found, and get what they need from context processors."""
    engines = [item for item in settings.TEMPLATES if item.get("BACKEND") == DJANGO_TEMPLATES]
    try:
        get_template("oscar_referrals/portal.html")
    except TemplateDoesNotExist:
        return [
            Error(
                "The templates of the referral pages are not found.",
                hint='Set "APP_DIRS": True in TEMPLATES for Django\'s template engine.',
                id="oscar_referrals.E010",
            )
        ]
    present = {processor for engine in engines for processor in context_processors(engine)}
    missing = [processor for processor in PROCESSORS if processor not in present]
    if not missing:
        return []
    return [
        Error(
            "The referral pages don't get what they need from the template engine.",
            hint=f"Add to the context_processors in TEMPLATES: {', '.join(missing)}.",
            id="oscar_referrals.E011",
        )
    ]


def context_processors(engine: dict[str, Any]) -> list[str]:
    """Those of one entry of TEMPLATES."""
    options: dict[str, Any] = engine.get("OPTIONS") or {}
    return list(options.get("context_processors", ()))


def _position(path: str) -> int | None:
    """Where a middleware stands; a shop's own subclass of it counts."""
    wanted = import_string(path)
    for position, entry in enumerate(settings.MIDDLEWARE):
        try:
            found = import_string(entry)
        except ImportError:
            continue
        if isinstance(found, type) and issubclass(found, wanted):
            return position
    return None


def _has_address(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


CHECKS = (needed_apps, order_of_apps, middleware, addresses, templates)
