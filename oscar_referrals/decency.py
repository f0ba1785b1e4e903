"""Which words may stand where everybody reads them: in codes and aliases that people choose.

No list is complete; staff can block a code and hide an alias, and a shop adds its own words with
the setting ``BLOCKED_WORDS``.
"""

from __future__ import annotations

import unicodedata

from django.conf import settings

from oscar_referrals import conf


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Names that would pass for the shop's own, or promise what only the shop can.
RESERVED = _list(
    """
    ADMIN ADMINISTRATOR ANONYMOUS BANTUAN BILLING CHECKOUT CUSTOMERSERVICE DISCOUNT DISKAUN DISKON
    FREE GRATIS HELP HELPDESK INFO MODERATOR NULL OFFICIAL OPERATOR PASSWORD PAYMENT PERCUMA REFUND
    RESMI ROOT SALE SECURITY STAFF SUPPORT SYSTEM TEAM TEST UNDEFINED VOUCHER WEBMASTER
    """
)
#: What others write into the address of a link as ``?ref=``: whoever had chosen such a word would
#: be sent all visitors who come by those links.
SOURCES = _list(
    """
    AFFILIATE AWIN BANNER BLOG CAROUSELL DIRECT EMAIL FACEBOOK FOOTER GITHUB GOOGLE HACKERNEWS
    HEADER HOMEPAGE INSTAGRAM KLAVIYO LAZADA LINKEDIN MAILCHIMP MEDIUM NEWSLETTER ORGANIC PARTNER
    PINTEREST PRODUCTHUNT REDDIT SHOPEE SIDEBAR SUBSTACK TELEGRAM THREADS TIKTOK TOKOPEDIA TWITTER
    WHATSAPP YAHOO YOUTUBE
    """
)
#: Slurs and obscenities that no harmless word contains: English, Malay, Indonesian.
ANYWHERE = _list(
    """
    FUCK CUNT NIGGER NIGGA WHORE FAGGOT ASSHOLE ARSEHOLE MOTHERF BULLSHIT HITLER PORNO PUKIMAK
    KEPALABUTUH LANCAU SUNDAL PELACUR BANGSAT KONTOL MEMEK NGENTOT JANCOK JANCUK BAJINGAN
    """
)
#: The same where they stand alone: grape, Dickens and penistone are harmless.
ALONE = _list(
    """
    ASS BITCH BASTARD COCK DICK NAZI PENIS PISS PORN PUSSY RAPE RAPIST RETARD SEX SHIT SLUT TWAT
    VAGINA WANK WANKER ANJING ASU BABI BODOH BODO BUTUH GOBLOK LONTE PANTAT PEREK PUKI TAI TOLOL
    """
)
_LOOKALIKES = str.maketrans("013457", "OIEAST")


def is_decent(text: str) -> bool:
    """Nothing offensive, nothing that the shop has blocked, and no name that passes for the shop's.

    Digits that stand for letters (``5HIT``), digits at the end (``ADMIN1``) and letters of another
    width or fashion (``ＡＤＭＩＮ``) change nothing.
    """
    text = unicodedata.normalize("NFKC", text)
    words = text.upper().split()
    whole = "".join(character for character in text.upper() if character.isalnum())
    spellings = {whole, whole.translate(_LOOKALIKES)}
    alone = {whole, *words, *(item.translate(_LOOKALIKES) for item in (whole, *words))}
    alone |= {item.strip("0123456789-_.!") for item in (whole, *words)}
    blocked = {_plain(word) for word in conf.get().BLOCKED_WORDS} - {""}
    if any(word in spelling for spelling in spellings for word in (*ANYWHERE, *blocked)):
        return False
    return not alone & (ALONE | RESERVED | SOURCES) and not _passes_for_the_shop(spellings)


def _passes_for_the_shop(spellings: set[str]) -> bool:
    name = _plain(str(getattr(settings, "OSCAR_SHOP_NAME", "")))
    # A name as short as "Kopi" is a word of the language.
    return len(name) > 4 and any(spelling.startswith(name) for spelling in spellings)


def _plain(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
