"""What a website of Wagtail has to do with which program."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import register_setting
from wagtail.models import Site

from oscar_referrals import conf
from oscar_referrals.programs.models import Program
from wagtail_referrals.compat import BASE_PAGE

#: The columns that name a page, and the key of the answer which of them are in use.
PAGES = ("friends_page", "invitation_page")
PAGES_SET = "wagtail_referrals:pages_set"
#: Seconds. So much later another worker hears of a change at the latest, if they share no cache;
#: one query in so long is little beside the links that are opened meanwhile.
ANSWER_KEPT = 10


class ReferralSettings(BaseSiteSetting):
    """One row per website, made when somebody first opens the form."""

    program = models.ForeignKey(
        Program,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("program"),
        help_text=_(
            "The pages of this website speak of this program only, and of none while it isn't "
            "live. Empty: of the shop's live program."
        ),
    )
    friends_page = models.ForeignKey(
        BASE_PAGE,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page for friends"),
        help_text=_(
            "Where friends go after they took the offer, if their link names no page and their "
            "basket is empty. Empty: the shop's home page."
        ),
    )

    invitation_page = models.ForeignKey(
        BASE_PAGE,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page behind share links"),
        help_text=_(
            "An invitation page of this website. Links that were shared before lead there as well. "
            "Empty: the shop's own page."
        ),
    )

    panels = [
        FieldPanel("program"),
        FieldPanel("friends_page"),
        FieldPanel("invitation_page"),
    ]

    class Meta:
        app_label = "wagtail_referrals"
        verbose_name = _("referral settings")
        verbose_name_plural = _("referral settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        """Only a page that can show an invitation can stand behind the links."""
        super().clean()
        page = self.invitation_page
        if page is not None and not hasattr(page.specific_class, "invitation_path"):
            raise ValidationError({"invitation_page": _("Choose an invitation page.")})


if apps.is_installed("wagtail.contrib.settings"):
    register_setting(ReferralSettings, icon="group")


def narrow(request: HttpRequest) -> Q | None:
    """Which programs the website of a request may speak of; None where it isn't Wagtail's page.

    A condition for a query that is made anyway, so that it costs none. The website is known
    wherever Wagtail has served the page; the shop's own pages go by the shop's live program.
    """
    site = getattr(request, "_wagtail_site", None)
    if site is None:
        return None
    others = ReferralSettings.objects.filter(site=site.pk, program__isnull=False).exclude(
        program=OuterRef("pk")
    )
    return Q(~Exists(others))


def page_for_friends(request: HttpRequest) -> str:
    """The path of the page that is set, in the reader's language if there is one; else empty.

    Only a page that everybody may read; three queries, and none while no website has one.
    """
    page = _page_that_is_set(request, "friends_page")
    return str(page.get_url(request) or "") if page is not None else ""


def page_for_invitation(request: HttpRequest, code: str) -> str:
    """The path of the website's own page for ``code``, as `page_for_friends`; else empty."""
    page = _page_that_is_set(request, "invitation_page")
    path = getattr(page.specific, "invitation_path", None) if page is not None else None
    return str(path(request, code)) if path is not None else ""


def forget_pages_set() -> None:
    """Ask anew at the next request whether a website has a page set."""
    caches[conf.get().CACHE_ALIAS].delete(PAGES_SET)


def _is_set_anywhere(name: str) -> bool:
    """Has any website such a page? One query in a while: each opened link asks."""
    cache = caches[conf.get().CACHE_ALIAS]
    known = cache.get(PAGES_SET)
    if known is None:
        rows = ReferralSettings.objects.values(*PAGES)
        known = {field for row in rows for field, page in row.items() if page is not None}
        cache.set(PAGES_SET, known, ANSWER_KEPT)
    return name in known


def _page_that_is_set(request: HttpRequest, name: str) -> Any:
    if not _is_set_anywhere(name):
        return None
    site = Site.find_for_request(request)
    if site is None:
        return None
    found = ReferralSettings.objects.filter(site=site.pk).select_related(name).first()
    page = getattr(found, name) if found is not None else None
    if page is None:
        return None
    page = page.localized
    return page if page.live and not page.get_view_restrictions().exists() else None
