"""Are the values of ``OSCAR_REFERRALS`` usable?"""

from __future__ import annotations

from typing import Any

from babel import Locale
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.module_loading import import_string

from oscar_referrals import conf
from oscar_referrals.rewards.kinds import kind_of
from oscar_referrals.sharing.channels import Channel, channel_at
from oscar_referrals.sharing.placements import BUILT_IN, placement_at

#: Caches that each process has for itself, or that keep nothing.
PER_PROCESS = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)


def known_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A misspelt setting is an error, not something to ignore."""
    try:
        conf.get()
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint=f"Correct the dictionary {conf.SETTING} in your settings.",
                id="oscar_referrals.E001",
            )
        ]
    return []


def dotted_paths(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What settings name by a dotted path can be imported."""
    found: list[CheckMessage] = []
    names = (
        "TERMS_SOURCE",
        "ORDER_FACTS",
        "ORDER_MARGIN",
        "COOKIE_CONSENT",
        "MARKETING_CONSENT",
        "EMAIL_IS_VERIFIED",
        "BADGES",
    )
    named = [(name, getattr(_settings(), name, None)) for name in names]
    named += [("REWARD_KINDS", path) for path in getattr(_settings(), "REWARD_KINDS", ())]
    for name, path in named:
        if not path:
            continue
        try:
            import_string(path)
        except ImportError as error:
            found.append(
                Error(
                    f"{conf.SETTING}['{name}'] names {path!r}, which can't be imported: {error}",
                    hint="Write the dotted path of a class or function that exists.",
                    id="oscar_referrals.E002",
                )
            )
    return found


def reward_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What ``REWARD_KINDS`` names are kinds of rewards, complete ones."""
    found: list[CheckMessage] = []
    for path in _settings().REWARD_KINDS:
        try:
            kind_of(path)
        except ImportError as error:
            found.append(
                Error(
                    f"{conf.SETTING}['REWARD_KINDS'] names {path!r}: {error}",
                    hint="Name classes that derive from "
                    "oscar_referrals.rewards.kinds.base.RewardKind by their dotted paths.",
                    id="oscar_referrals.E014",
                )
            )
    return found


def sharing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What ``SHARE_CHANNELS`` names are channels, what ``PLACEMENTS`` names are places, and
    ``AUTOMATIC_PLACEMENTS`` names places that appear by themselves.

    A channel that is none would fail the page of every advocate, a place that of the operator.
    """
    found: list[CheckMessage] = []
    for path in _settings().SHARE_CHANNELS:
        try:
            found += _drawing(path, channel_at(path))
        except ImproperlyConfigured as error:
            found.append(
                Error(
                    str(error),
                    hint="Name objects of oscar_referrals.sharing.channels.Channel by their dotted "
                    f"paths in {conf.SETTING}['SHARE_CHANNELS'].",
                    id="oscar_referrals.E015",
                )
            )
    for path in _settings().PLACEMENTS:
        try:
            placement_at(path)
        except ImproperlyConfigured as error:
            found.append(
                Error(
                    str(error),
                    hint="Name objects of oscar_referrals.sharing.placements.Placement by their "
                    f"dotted paths in {conf.SETTING}['PLACEMENTS'].",
                    id="oscar_referrals.E017",
                )
            )
    unknown = [name for name in _settings().AUTOMATIC_PLACEMENTS if name not in BUILT_IN]
    if unknown:
        found.append(
            Error(
                f"These are no placements: {', '.join(unknown)}.",
                hint=f"{conf.SETTING}['AUTOMATIC_PLACEMENTS'] knows {', '.join(BUILT_IN)}.",
                id="oscar_referrals.E016",
            )
        )
    return found


def _drawing(path: str, channel: Channel) -> list[CheckMessage]:
    try:
        get_template(channel.icon)
    except TemplateDoesNotExist:
        return [
            Warning(
                f"The icon of {path} names {channel.icon!r}, and there is no such template: its "
                "button shows a chain link.",
                hint="Put the template into a directory where templates are found.",
                id="oscar_referrals.W014",
            )
        ]
    return []


def preview_image(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """``PREVIEW_IMAGE`` is a whole address, or a static file that is there."""
    name = _settings().PREVIEW_IMAGE
    if "://" in name or _is_static_file(name):
        return []
    return [
        Warning(
            f"{conf.SETTING}['PREVIEW_IMAGE'] names {name!r}, and there is no such static file: "
            "the cards of links show the picture that comes with the system.",
            hint='Name a static file as in {% static %}, or a whole address with "https://".',
            id="oscar_referrals.W013",
        )
    ]


def _is_static_file(name: str) -> bool:
    # The source, not what was collected: checks also run before `collectstatic`.
    try:
        return finders.find(name) is not None
    except SuspiciousFileOperation:
        return False


def currencies(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Currencies are ISO codes of three capital letters."""
    wrong = [
        code
        for code in _settings().currencies
        if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper())
    ]
    if not wrong:
        return []
    return [
        Error(
            f"These are no codes of currencies: {', '.join(wrong)}.",
            hint=f'Use codes of three capital letters in {conf.SETTING}["CURRENCIES"], as "MYR".',
            id="oscar_referrals.E003",
        )
    ]


def languages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Terms can only be asked for in languages that the shop has."""
    known = dict(django_settings.LANGUAGES)
    wrong = [code for code in _settings().LANGUAGES if code not in known]
    if not wrong:
        return []
    return [
        Error(
            f"Terms are asked for in languages that the shop does not have: {', '.join(wrong)}.",
            hint=f'List in {conf.SETTING}["LANGUAGES"] only codes that stand in LANGUAGES.',
            id="oscar_referrals.E004",
        )
    ]


def said_in_terms(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the terms say comes out as words, and not as a code that nobody knows."""
    found = []
    known = Locale("en").territories
    if wrong := [code for code in _settings().COUNTRIES if code not in known]:
        found.append(f"These are no codes of countries: {', '.join(wrong)}.")
    prevailing = _settings().PREVAILING_LANGUAGE
    if prevailing and prevailing not in _settings().languages:
        found.append(
            f"{conf.SETTING}['PREVAILING_LANGUAGE'] names {prevailing!r}, in which there are no "
            "terms."
        )
    return [
        Error(
            text,
            hint='Use codes as "MY" in COUNTRIES, and in PREVAILING_LANGUAGE one of the languages '
            "in which terms must exist.",
            id="oscar_referrals.E018",
        )
        for text in found
    ]


def shared_cache(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The tries of codes are counted in a cache that all processes share."""
    alias = _settings().CACHE_ALIAS
    if alias not in django_settings.CACHES:
        return [
            Error(
                f'{conf.SETTING}["CACHE_ALIAS"] names {alias!r}, which is not in CACHES.',
                hint="Name an entry of CACHES.",
                id="oscar_referrals.E005",
            )
        ]
    if django_settings.DEBUG or django_settings.CACHES[alias].get("BACKEND") not in PER_PROCESS:
        return []
    return [
        Warning(
            f"The cache {alias!r} is not shared between processes, so each process allows the "
            "full number of tries of unknown codes.",
            hint="In production, use a cache on a server, in the database or in files, and name "
            f'it in {conf.SETTING}["CACHE_ALIAS"].',
            id="oscar_referrals.W005",
        )
    ]


def own_hmac_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The index of known customers must survive a new SECRET_KEY."""
    if django_settings.DEBUG or _settings().HMAC_KEY:
        return []
    return [
        Warning(
            "Known customers are recognised by keys that are derived from SECRET_KEY. When it is "
            "replaced, everybody counts as a new customer.",
            hint=f'Set {conf.SETTING}["HMAC_KEY"] to a long random string, once and for good, '
            'then run "manage.py referrals_index_customers --again".',
            id="oscar_referrals.W006",
        )
    ]


def _settings() -> conf.Settings:
    try:
        return conf.get()
    except ImproperlyConfigured:
        # `known_settings` has said so; the other checks go on with the defaults.
        return conf.Settings()


CHECKS = (
    known_settings,
    dotted_paths,
    reward_kinds,
    sharing,
    preview_image,
    currencies,
    languages,
    said_in_terms,
    shared_cache,
    own_hmac_key,
)
