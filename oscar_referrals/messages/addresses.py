"""The addresses in mails: whole ones, since no request says where the shop is."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse

from oscar_referrals.programs.models import Program


def absolute_url(program: Program, view_name: str, *args: str) -> str:
    """The address of one of our pages in the active language; empty if the shop has left it out."""
    try:
        path = reverse(view_name, args=args)
    except NoReverseMatch:
        return ""
    return f"{settings.OSCAR_URL_SCHEMA}://{program.site.domain}{path}"


def shop_url(program: Program) -> str:
    """The shop's front page."""
    home = resolve_url(settings.OSCAR_HOMEPAGE)
    return f"{settings.OSCAR_URL_SCHEMA}://{program.site.domain}{home}"
