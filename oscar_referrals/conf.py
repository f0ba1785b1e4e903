"""Every setting of `oscar_referrals`, with its type, default and meaning.

A shop writes one dictionary, ``OSCAR_REFERRALS``, in its settings; a key that is not named here
is an error, so that a misspelt setting is never silently ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import global_settings
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

SETTING = "OSCAR_REFERRALS"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The typed values of ``OSCAR_REFERRALS``; read them as ``conf.get().NAME``."""

    #: Dotted path of the class that supplies the terms of a draft version per language.
    TERMS_SOURCE: str = "oscar_referrals.programs.terms.TypedTerms"
    #: Who runs the programs, as the terms say it: the name of the shop's company. What is missing
    #: of this and the next five has to be said in the shop's own words, in each language.
    SPONSOR_NAME: str = ""
    #: Where it is, and its registration, on one line; as it is written in every language.
    SPONSOR_ADDRESS: str = ""
    #: To whom people turn with questions and complaints: an e-mail address, or a web address.
    SPONSOR_CONTACT: str = ""
    #: From which age people may take part. ``None``: the settings don't say.
    MINIMUM_AGE: int | None = None
    #: The countries in which people may take part, by their ISO 3166 codes (``("MY", "ID")``).
    COUNTRIES: tuple[str, ...] = ()
    #: The whole web address of the page that says how the shop treats personal data.
    PRIVACY_URL: str = ""
    #: The language whose terms count where the languages differ. Empty: the one that was accepted.
    PREVAILING_LANGUAGE: str = ""
    #: Dotted path of the function ``(order) -> OrderFacts`` that says what is paid and refunded.
    ORDER_FACTS: str = "oscar_referrals.rewards.facts.order_facts"
    #: Order statuses that mean "paid in full", for shops that record no payment sources.
    PAID_STATUSES: tuple[str, ...] = ()
    #: Order statuses that mean "cancelled": nothing of the order is owed any more.
    CANCELLED_STATUSES: tuple[str, ...] = ("Cancelled",)
    #: Order statuses that mean "refunded in full".
    REFUNDED_STATUSES: tuple[str, ...] = ("Refunded",)
    #: Codes of Oscar's shipping event types that mean "handed to the carrier". A hold may begin
    #: with that, for the order as a whole: as soon as it is true of all its lines.
    SHIPPED_EVENTS: tuple[str, ...] = ("shipped", "dispatched", "despatched", "sent")
    #: Codes of Oscar's shipping event types that mean "the customer has it"; likewise.
    DELIVERED_EVENTS: tuple[str, ...] = ("delivered", "collected")
    #: Order statuses that mean "shipped as a whole", for shops that record no shipping events.
    SHIPPED_STATUSES: tuple[str, ...] = ()
    #: Order statuses that mean "delivered as a whole", likewise.
    DELIVERED_STATUSES: tuple[str, ...] = ()
    #: For how many days customers may return goods. Operators are warned when a version's hold is
    #: shorter. ``None``: unknown, nobody is warned.
    RETURN_DAYS: int | None = None
    #: Dotted paths of the shop's own kinds of rewards, offered beside the built-in ones.
    REWARD_KINDS: tuple[str, ...] = ()
    #: Dotted path of ``(orders) -> {order id: int | None}``: what the shop earns on each of some
    #: orders after the discounts they had, in minor units; None: unknown. For the forecast.
    ORDER_MARGIN: str = "oscar_referrals.insight.margin.order_margins"
    #: Dotted paths of the shop's own `Channel` objects, offered beside the built-in ones.
    SHARE_CHANNELS: tuple[str, ...] = ()
    #: Dotted paths of the shop's own `Placement` objects: places with a call to action that the
    #: operator can switch off like the built-in ones.
    PLACEMENTS: tuple[str, ...] = ()
    #: Places at which a call to action appears by itself, through the blocks of Oscar's templates.
    #: ``product``, ``footer`` and ``order-mail`` may be added: they cost every visitor of a product
    #: page, of any page, or every order up to two queries.
    AUTOMATIC_PLACEMENTS: tuple[str, ...] = ("thank-you", "account-menu", "order-history")
    #: Shares counted per account within ``TRY_WINDOW``; more are not counted.
    SHARE_LIMIT: int = 60
    #: Dotted path of ``(request) -> bool``: may a passive first-party claim be stored (A08)?
    #: ``None`` means never without the shopper pressing the button.
    COOKIE_CONSENT: str | None = None
    #: The parameter by which a code may stand in the address of any page: ``/any/page/?ref=CODE``.
    #: Empty: nowhere but in the links of the system itself.
    LINK_PARAMETER: str = "ref"
    #: The picture of the card that other apps draw for a link: a static file, or a whole address.
    #: 1200 by 630 pixels suit all of them.
    PREVIEW_IMAGE: str = "oscar_referrals/preview.png"
    #: Opened links written down per address, session and account in a minute; more are not counted.
    TOUCH_LIMIT: int = 60
    #: Staff are told when one code's links are opened more often than this within an hour, and ten
    #: times as often as is usual for it.
    TOUCH_ALARM: int = 100
    #: Staff are told when codes that don't exist are tried more often than this within an hour.
    TRY_ALARM: int = 200
    #: Dotted path of ``(user) -> bool``: is it proved that the account's e-mail address is its own?
    #: Then it is shown what only the address connects with it, such as orders placed as a guest,
    #: and gets the rewards that a guest with this address has earned; until then they wait.
    #: ``None``: the shop knows of none, because whoever registers may write any address. Whatever
    #: it says, an account also proves its address by the link in a guest's mail about a reward.
    EMAIL_IS_VERIFIED: str | None = None
    #: Secret of the e-mail HMACs. Empty: derived from ``SECRET_KEY`` (and lost when that rotates).
    HMAC_KEY: str = ""
    #: Tries of unknown codes allowed per session and per address within ``TRY_WINDOW`` (F19). Store
    #: credit can be asked for three times as often, per account.
    TRY_LIMIT: int = 10
    #: The period over which tries are counted.
    TRY_WINDOW: timedelta = timedelta(minutes=10)
    #: Name of the entry of ``CACHES`` that counts tries.
    CACHE_ALIAS: str = "default"
    #: Priority of our conditional offers; above the shop's site offers, so that they apply first.
    OFFER_PRIORITY: int = 1000
    #: Words that may not stand in a code or in a name on the leaderboard, besides the built-in
    #: list (upper case).
    BLOCKED_WORDS: tuple[str, ...] = ()
    #: How many codes of their own an advocate may choose in a year, five in all. 0: none; codes
    #: that were chosen before go on working.
    OWN_CODES_PER_YEAR: int = 2
    #: Dotted path of a sequence of `members.badges.Badge`: from how many successful referrals on an
    #: advocate has which badge. They have no value in money.
    BADGES: str = "oscar_referrals.members.badges.BADGES"
    #: Is there a leaderboard? Only advocates who ask for it are on it, under a name they choose.
    LEADERBOARD: bool = True
    #: Currencies in which operators may set amounts. Empty: only ``OSCAR_DEFAULT_CURRENCY``.
    CURRENCIES: tuple[str, ...] = ()
    #: How a currency is written where the locale knows no short sign, e.g. ``{"MYR": "RM"}``.
    CURRENCY_SYMBOLS: Mapping[str, str] = field(default_factory=dict)
    #: Languages in which terms must exist before a version is published. Empty: those of
    #: ``LANGUAGES``, or only ``LANGUAGE_CODE`` in a shop that does not set ``LANGUAGES``.
    LANGUAGES: tuple[str, ...] = ()
    #: Names of the views that show the order's total and then place the order by POST.
    PREVIEW_VIEWS: tuple[str, ...] = ("checkout:preview",)
    #: Namespaces of the shop's basket and checkout views.
    CHECKOUT_NAMESPACES: tuple[str, ...] = ("basket", "checkout")
    #: How long a comparison with the shop's other offers stays valid for an unchanged basket.
    COMPARISON_MAX_AGE: timedelta = timedelta(minutes=15)
    #: A reward held by an open basket that was not touched for this long may be used elsewhere.
    REWARD_HOLD_IN_BASKET: timedelta = timedelta(hours=2)
    #: A reward in a basket whose payment was begun and never became an order may be used elsewhere
    #: after this. Longer than a payment at the provider can still come through.
    REWARD_HOLD_IN_PAYMENT: timedelta = timedelta(days=7)
    #: The shop's payment view takes store credit (see the guide "Store credit"). While it doesn't,
    #: no page offers to pay with it, and no program that gives it can be published.
    CREDIT_AT_CHECKOUT: bool = False
    #: Credit that comes back from an order that the shop cancelled can be used for at least this
    #: long.
    CREDIT_GRACE: timedelta = timedelta(days=7)
    #: What was spent although it had to be taken back, and was not set off against later rewards
    #: for so long, is written off: it is never collected.
    CLAWBACK_WRITE_OFF: timedelta = timedelta(days=180)
    #: For so long before a reward expires its owner is reminded of it by mail, once per date of
    #: expiry. A reward that is valid for no longer than that needs no reminder: it was announced
    #: with its date. ``None``: nobody is reminded.
    REMIND_BEFORE_EXPIRY: timedelta | None = timedelta(days=7)
    #: Dotted path of ``(user) -> bool``: has this person agreed to marketing e-mails of the shop?
    #: Asked right before a mail that keeps in touch is sent, so that a withdrawal counts at once.
    #: ``None``: only who has switched such mails on among their e-mails about referrals.
    MARKETING_CONSENT: str | None = None
    #: A person gets at most one mail that is not about a reward or an answer to what they did
    #: within this time. What comes sooner waits for it, and lapses when it would be this much late.
    MAIL_PAUSE: timedelta = timedelta(days=7)
    #: Days after a friend's first order that counted on which they get thanks, an offer of help
    #: and an invitation to recommend the shop. Fewer days: the last ones are not sent.
    FOLLOW_UP_DAYS: tuple[int, ...] = (0, 7, 30)
    #: So long after joining an advocate whose link nobody has opened is reminded of it, once.
    #: ``None``: nobody is.
    SHARE_REMINDER_AFTER: timedelta | None = timedelta(hours=72)
    #: The check framework warns when the periodic work has not run for this long.
    WORK_MAX_AGE: timedelta = timedelta(hours=6)
    #: Attempts to send one message before it is given up and shown to the operator.
    MAIL_ATTEMPTS: int = 8
    #: Touches older than this are deleted by the periodic work (C25).
    TOUCH_RETENTION: timedelta = timedelta(days=395)

    #: For so long after an order staff may credit it to an advocate by hand.
    ASSIGN_WINDOW: timedelta = timedelta(days=90)
    #: What one person may credit by hand, or book as paid outside the shop, alone: in minor units
    #: by currency, e.g. ``{"MYR": 5000}``.
    #: Above it, and in a currency that is not named, a second person has to agree.
    ASSIGN_ALONE: Mapping[str, int] = field(default_factory=dict)
    #: The basket asks whoever has no code whether a friend invited them, and finds advocates who
    #: agreed to that by their full name.
    NAME_CLAIMS: bool = False
    #: For so long after an order the friend may say who invited them.
    LATE_CLAIM_WINDOW: timedelta = timedelta(days=14)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Currencies an operator can set amounts in; never empty."""
        return self.CURRENCIES or (django_settings.OSCAR_DEFAULT_CURRENCY,)

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes that terms must cover; never empty."""
        if self.LANGUAGES:
            return self.LANGUAGES
        if django_settings.LANGUAGES == global_settings.LANGUAGES:
            # Django's own default lists every language it has been translated into.
            return (django_settings.LANGUAGE_CODE,)
        return tuple(code for code, _name in django_settings.LANGUAGES)

    def load(self, name: str) -> Callable[..., Any]:
        """The object that the dotted path in setting ``name`` points to."""
        return import_string(getattr(self, name))


@cache
def get() -> Settings:
    """The project's settings. Raises ImproperlyConfigured for a name that does not exist."""
    given: Mapping[str, Any] = getattr(django_settings, SETTING, {})
    known = {item.name for item in fields(Settings)}
    unknown = sorted(set(given) - known)
    if unknown:
        raise ImproperlyConfigured(
            f"{SETTING} has no setting named {', '.join(unknown)}. "
            f"The settings are: {', '.join(sorted(known))}."
        )
    return Settings(**given)


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == SETTING:
        get.cache_clear()


setting_changed.connect(_forget, dispatch_uid="oscar_referrals.conf")
