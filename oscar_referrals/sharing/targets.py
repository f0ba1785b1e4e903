"""Where a friend may be led: to pages of this shop only (C29)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

#: Longer addresses are nobody's page, and would only fill the log and the header.
LONGEST = 1000
#: No second slash, which would begin a host. No control character, space or backslash, which
#: browsers drop or turn into a slash.
_PLAIN = re.compile(r"/(?!/)[^\x00-\x20\x7f-\xa0\\]*")


def path_in_shop(request: HttpRequest, wanted: str) -> str:
    """``wanted`` if it is a path of this shop (with its query), else an empty string.

    Nobody is led to Oscar's logout, which signs out by GET whoever opens it.
    """
    if len(wanted) > LONGEST or not _PLAIN.fullmatch(wanted):
        return ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed and not _signs_out(wanted) else ""


def _signs_out(wanted: str) -> bool:
    """Whether it ends like the address of Oscar's view, whatever language stands before it."""
    try:
        address = reverse("customer:logout")
    except NoReverseMatch:
        return False
    own = address.removeprefix(f"/{get_language()}/").strip("/")
    path = unquote(urlsplit(wanted).path).rstrip("/")
    return path.endswith(f"/{own}")
