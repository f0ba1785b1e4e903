"""Words about the program that the live version doesn't bear out are not published from the editor.

Scheduling a page is asked like publishing it, and a page that waits for its day keeps a version
that contradicts it from being published. Approving in a workflow asks nobody: what it brings is
told where the program is looked at. Our own blocks don't show such words to visitors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import get_page_models

from oscar_referrals.programs.contradictions import in_words, why
from wagtail_referrals.compat import base_page
from wagtail_referrals.forms import WAY_OUT
from wagtail_referrals.page_statements import can_speak, is_read, refused_on, version_for


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
    """The same for several pages that are published at once, and all drafts below them if those
    are as well: none of them is published."""
    if action_type != "publish":
        return None
    chosen = [page for page in pages if isinstance(page, base_page())]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        chosen += _drafts_below(chosen, request.user)
    refused = None
    for page in chosen:
        saved = page.get_latest_revision_as_object()
        refused = refuse_wrong_words(request, saved) or refused
    return refused


def _drafts_below(pages: list[Any], user: Any) -> Iterator[Any]:
    """What Wagtail publishes with ``pages``, of the classes that can speak of the program."""
    kinds = [kind for kind in get_page_models() if can_speak(kind)]
    types = ContentType.objects.get_for_models(*kinds).values()
    for page in pages:
        drafts = page.get_descendants().not_live().filter(content_type__in=types)
        for draft in drafts.specific().iterator():
            if draft.permissions_for_user(user).can_publish():
                yield draft
