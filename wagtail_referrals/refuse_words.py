"""Words about the program that the live version doesn't bear out are not published from the editor.

Other ways to publish (a schedule, a workflow) ask nobody: what they bring is told where the program
is looked at, and keeps its next version from being published. Our own blocks don't show such words
to visitors.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from oscar_referrals.programs.contradictions import in_words, why
from wagtail_referrals.compat import base_page
from wagtail_referrals.forms import WAY_OUT
from wagtail_referrals.page_statements import is_read, refused_on, version_for


def refuse_wrong_words(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep the draft and lead back to the editor, saying what is wrong; None to publish."""
    version = version_for(page, request) if is_read(page) else None
    if version is None:
        return None
    refused = refused_on(page, version)
    for one in refused:
        messages.error(request, f"{why(one.finding, version)} {in_words(one.finding)}")
    if not refused:
        return None
    messages.info(request, WAY_OUT)
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_wrong_words_of_several(
    request: HttpRequest, action_type: str, pages: list[Any], action: Any
) -> HttpResponse | None:
    """The same for several pages that are published at once: none of them is."""
    if action_type != "publish":
        return None
    refused = None
    for page in pages:
        if isinstance(page, base_page()):
            saved = page.get_latest_revision_as_object()
            refused = refuse_wrong_words(request, saved) or refused
    return refused
