"""Is this request a person looking at the page? Only those are counted as touches."""

from __future__ import annotations

from django.http import HttpRequest

#: Programs that fetch a shared link to draw its preview card, or to index it (F22).
PREVIEW_AGENTS = (
    "applebot",
    "bingbot",
    "discordbot",
    "duckduckbot",
    "facebookexternalhit",
    "facebot",
    "googlebot",
    "linkedinbot",
    "mastodon",
    "pinterestbot",
    "redditbot",
    "skypeuripreview",
    "slackbot",
    "telegrambot",
    "twitterbot",
    "whatsapp/",
    "yandexbot",
)


def is_visit(request: HttpRequest) -> bool:
    """A page opened on purpose: no HEAD, prefetch, frame or preview robot (F21, F22)."""
    if request.method not in ("GET", "POST"):
        return False
    headers = request.headers
    # Browsers that are too old to send it are believed.
    if headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    purposes = (headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if any("prefetch" in purpose or "preview" in purpose for purpose in purposes):
        return False
    agent = headers.get("User-Agent", "").lower()
    return not any(name in agent for name in PREVIEW_AGENTS)
