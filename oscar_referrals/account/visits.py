"""Is this request a person looking at the page? Only those are counted as touches."""

from __future__ import annotations

from functools import lru_cache

from crawleruseragents import is_crawler
from django.http import HttpRequest

#: Programs that fetch a shared link to draw its preview card and that the list of crawlers doesn't
#: know (F22); in lower case.
PREVIEW_AGENTS = (
    "cardyb",
    "embedly",
    "kakaotalk-scrap",
    "line-poker",
    "pinterestbot",
    "yandexbot",
)
#: Who sends more than this wants the search to take long.
LONGEST_AGENT = 400


def is_robot(request: HttpRequest) -> bool:
    """A program that says so: it draws a preview card, indexes or watches."""
    return _is_robots(agent_of(request))


def is_visit(request: HttpRequest) -> bool:
    """A page opened on purpose: no HEAD, prefetch, prerendering, frame, image or robot (F21, F22).

    What a browser does not say is believed to be as usual.
    """
    if request.method != "GET":
        return False
    headers = request.headers
    if headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    if headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    purposes = (headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if any(word in purpose for purpose in purposes for word in ("fetch", "render", "preview")):
        return False
    return not is_robot(request)


@lru_cache(maxsize=1_000)
def _is_robots(agent: str) -> bool:
    # Asked several times of each page, and a day's browsers have few names: the list is long.
    return is_crawler(agent) or any(name in agent.lower() for name in PREVIEW_AGENTS)


def agent_of(request: HttpRequest) -> str:
    """What the browser calls itself, no longer than anybody needs."""
    return request.headers.get("User-Agent", "")[:LONGEST_AGENT]
