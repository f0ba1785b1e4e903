"""The addresses that are shared."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.sharing.models import ReferralCode

#: Query parameter with the number of the version that the link was made under.
VERSION_TAG = "v"


def share_path(code: ReferralCode | str, version: ProgramVersion | None = None) -> str:
    """The path of a code's landing page; the tag tells which version is offered there.

    It carries the opaque code only, never a person's name, address or number (C29).
    """
    text = code.code if isinstance(code, ReferralCode) else code
    path = reverse("referrals:landing", kwargs={"code": text})
    return f"{path}?{VERSION_TAG}={version.number}" if version is not None else path


def share_url(
    code: ReferralCode, request: HttpRequest | None = None, version: ProgramVersion | None = None
) -> str:
    """The whole address: on the host of ``request``, else on the domain of the program's site."""
    path = share_path(code, version)
    if request is not None:
        return request.build_absolute_uri(path)
    return f"{settings.OSCAR_URL_SCHEMA}://{code.program.site.domain}{path}"
