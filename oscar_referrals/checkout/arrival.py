"""A code in the address of any page: ``/any/page/?ref=CODE``.

It leads to the page of the code, and from there back to this one. So the visit is counted although
the shop caches the page, nothing is asked of the shop's templates, and it works without JavaScript.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.cache import add_never_cache_headers

from oscar_referrals import conf
from oscar_referrals.sharing import limits
from oscar_referrals.sharing.alphabet import canonical, is_wellformed, looks_chosen
from oscar_referrals.sharing.codes import lookup_usable
from oscar_referrals.sharing.limits import Limit
from oscar_referrals.sharing.links import (
    CAMPAIGN_TAG,
    CHANNEL_TAG,
    PLACEMENT_TAG,
    TARGET_TAG,
    VERSION_TAG,
    share_path,
)
from oscar_referrals.sharing.sources import REFERRER_KEPT
from oscar_referrals.sharing.targets import path_in_shop

#: Tags that on a page of the shop's begin with the parameter's name, such as ``ref_c``: a bare
#: ``c`` or ``p`` may be the page's own.
OURS = (VERSION_TAG, CHANNEL_TAG, PLACEMENT_TAG, CAMPAIGN_TAG)
OTHERS = ("utm_source", "utm_medium", "utm_campaign")


def lead_to_offer(request: HttpRequest, namespaces: list[str]) -> HttpResponse | None:
    """The way to the page of the code in the address; None, at once, for all other requests.

    A text that can't be one of our codes is the shop's own business. Baskets and checkouts are left
    alone: who is there pays, and payment providers have parameters of their own.
    """
    name = conf.get().LINK_PARAMETER
    # Before anything is parsed: this runs on every page of the shop.
    if not name or f"{name}=" not in request.META.get("QUERY_STRING", ""):
        return None
    if request.method not in ("GET", "HEAD"):
        return None
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return None
    if {*conf.get().CHECKOUT_NAMESPACES, "referrals"} & set(namespaces):
        return None
    code = canonical(request.GET.get(name, "")[:40])
    if not is_wellformed(code) and not _was_chosen(request, code):
        return None
    response = HttpResponseRedirect(_landing(request, code, name))
    add_never_cache_headers(response)
    response["Referrer-Policy"] = REFERRER_KEPT
    response["X-Robots-Tag"] = "noindex"
    return response


def _was_chosen(request: HttpRequest, code: str) -> bool:
    """Has an advocate chosen this word? One query, for a limited number of words per visitor; a
    word that nobody chose is the shop's own business, and nobody hears that it was looked for."""
    settings = conf.get()
    limit = Limit("words", settings.TRY_LIMIT * 10, settings.TRY_WINDOW)
    if not looks_chosen(code) or not limits.take(request, limit):
        return False
    return lookup_usable(code) is not None


def _landing(request: HttpRequest, code: str, name: str) -> str:
    own = {tag: f"{name}_{tag}" for tag in OURS}
    tags = QueryDict(mutable=True)
    for tag, here in [*own.items(), *((tag, tag) for tag in OTHERS)]:
        if value := request.GET.get(here, ""):
            tags[tag] = value
    rest = request.GET.copy()
    for mine in (name, *own.values()):
        rest.pop(mine, None)
    back = f"{request.path}?{rest.urlencode()}" if rest else request.path
    # What is too long for one is left out: the page without its query is a good place as well.
    tags[TARGET_TAG] = path_in_shop(request, back) or path_in_shop(request, request.path)
    return f"{share_path(code)}?{tags.urlencode()}"
