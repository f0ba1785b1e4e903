"""The card that messengers and networks draw for a link: a title, a text and a picture."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from oscar_referrals import conf

#: Of the picture that comes with the app.
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True, kw_only=True)
class PreviewCard:
    """Plain texts in the page's language; whoever writes them into a page escapes them."""

    title: str
    text: str
    #: The whole address of the picture; empty if there is none.
    image: str
    #: The picture is of the usual size, and needs not be fetched to know it.
    has_size: bool
    site: str
    locale: str
    width: int = WIDTH
    height: int = HEIGHT


def preview_card(request: HttpRequest, *, host: str = "", text: str = "") -> PreviewCard:
    """The card of a link: ``host`` is the advocate's name where they agreed, ``text`` the offer, or
    why there is none now. Without a text it says no more than that it is an invitation."""
    shop = settings.OSCAR_SHOP_NAME
    title = _("%(name)s invites you to %(shop)s") if host else _("An invitation to %(shop)s")
    image, has_size = _picture()
    return PreviewCard(
        title=title % {"name": host, "shop": shop},
        text=text,
        image=request.build_absolute_uri(image) if image else "",
        has_size=has_size,
        site=shop,
        locale=to_locale(get_language() or settings.LANGUAGE_CODE),
    )


def _picture() -> tuple[str, bool]:
    """Address of the shop's picture, else of ours, and whether it is ours.

    A storage that hashes names raises ValueError for a file that was not collected. A friend who
    opens a link must not pay for that; the check ``W013`` tells the shop.
    """
    chosen, ours = conf.get().PREVIEW_IMAGE, conf.Settings.PREVIEW_IMAGE
    if "://" in chosen:
        return chosen, False
    for name in (chosen, ours):
        try:
            return static(name), name == ours
        except ValueError:
            continue
    return "", False
