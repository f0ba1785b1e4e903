"""What the terms of every program say beside its rules (C27): partly from the shop's settings."""

from __future__ import annotations

from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.money import babel_locale


def sponsor() -> list[str]:
    """Who runs the program: name, address and contact, as far as the settings have them."""
    shop = conf.get()
    found = []
    if shop.SPONSOR_NAME:
        found.append(_("%(name)s runs this program.") % {"name": shop.SPONSOR_NAME})
    if shop.SPONSOR_ADDRESS:
        found.append(_("Address: %(address)s") % {"address": shop.SPONSOR_ADDRESS})
    if shop.SPONSOR_CONTACT:
        found.append(_("Contact: %(contact)s") % {"contact": shop.SPONSOR_CONTACT})
    return found


def knows_sponsor() -> bool:
    """The settings say who runs the program and how to reach them."""
    return bool(conf.get().SPONSOR_NAME and conf.get().SPONSOR_CONTACT)


def who_may_join() -> list[str]:
    """Age and countries, as far as the settings have them."""
    age, countries = conf.get().MINIMUM_AGE, conf.get().COUNTRIES
    found = []
    if age is not None:
        text = ngettext(
            "Whoever takes part has to be at least %(age)d year old.",
            "Whoever takes part has to be at least %(age)d years old.",
            age,
        )
        found.append(text % {"age": age})
    if countries:
        locale = babel_locale()
        names = [locale.territories.get(code, code) for code in countries]
        text = _("The program is for people who live in %(countries)s.")
        found.append(text % {"countries": format_list(names, style="or", locale=locale)})
    return found


def knows_who_may_join() -> bool:
    """The settings have both an age and the countries."""
    return conf.get().MINIMUM_AGE is not None and bool(conf.get().COUNTRIES)


def disclosure() -> list[str]:
    """The duty to say that the recommendation is rewarded."""
    return [
        _(
            "Whoever recommends the shop says that they get something for it. The messages that "
            "are prepared for sharing say so, and it may not be taken out of them."
        )
    ]


def fairness() -> list[str]:
    """No spam, no advertising in the shop's name, and what happens otherwise."""
    return [
        _(
            "Advocates share their code and link with people they know. Messages in bulk to people "
            "who have not asked for them are not allowed."
        ),
        _(
            "Advocates place no advertisements with the shop's name or brands, and do not speak in "
            "the shop's name."
        ),
        _("The shop can block a code that is shared in other ways."),
    ]


def taxes() -> list[str]:
    """Who declares rewards."""
    return [
        _(
            "A reward can be income on which tax is due. Whoever gets it declares it and pays the "
            "tax."
        )
    ]


def editions() -> list[str]:
    """How changes can be followed."""
    return [
        _(
            "Every change of these terms gets a number and a date. Earlier terms stay readable, "
            "and whoever accepted them keeps them word for word."
        )
    ]


def appeal() -> list[str]:
    """Where decisions are explained, and who looks at them again."""
    found = [
        _(
            "Advocates and friends can read in their account why an order counted for them, or why "
            "it did not."
        )
    ]
    if contact := conf.get().SPONSOR_CONTACT:
        text = _(
            "Whoever disagrees with a decision turns to %(contact)s and names the order. The shop "
            "looks at it again and answers with the reasons."
        )
        found.append(text % {"contact": contact})
    return found


def knows_appeal() -> bool:
    """The settings say to whom people can turn."""
    return bool(conf.get().SPONSOR_CONTACT)


def privacy() -> list[str]:
    """What is kept, who sees it, and where the shop explains it."""
    found = [
        _(
            "The shop keeps which code was used for which order, and when, so that both sides get "
            "what was promised."
        ),
        _("Whoever takes part can see in their account what is stored about them, and save it."),
    ]
    if address := conf.get().PRIVACY_URL:
        text = _("How the shop treats personal data: %(address)s")
        found.append(text % {"address": address})
    return found


def knows_privacy() -> bool:
    """The settings say where the shop explains how it treats personal data."""
    return bool(conf.get().PRIVACY_URL)


def leaving() -> list[str]:
    """How an advocate leaves."""
    return [
        _("Advocates can leave the program at any time in their account and keep what they earned.")
    ]


def languages() -> list[str]:
    """In which languages the terms exist, and which of them counts."""
    codes = conf.get().languages
    locale = babel_locale()
    names = [_language(code) for code in codes]
    if len(names) == 1:
        return [_("These terms are written in %(language)s.") % {"language": names[0]}]
    text = _("These terms exist in %(languages)s; their figures come from the same rules.")
    found = [text % {"languages": format_list(names, locale=locale)}]
    if prevailing := conf.get().PREVAILING_LANGUAGE:
        text = _("If they differ, the words in %(language)s count.")
        found.append(text % {"language": _language(prevailing)})
    else:
        found.append(
            _("If they differ, an advocate is bound by the words in the language accepted.")
        )
    return found


def _language(code: str) -> str:
    """The language's name in the language of the reader; as the shop's settings write it if not."""
    name = babel_locale().languages.get(code.split("-")[0])
    if name:
        return str(name)
    named = dict(settings.LANGUAGES).get(code)
    return str(named or get_language_info(code)["name_local"])
