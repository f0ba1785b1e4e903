"""Addresses and menu items of the reports."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail_referrals.admin_page import PermittedMenuItem
from wagtail_referrals.reports.base import SEE_REPORTS, ReferralReport
from wagtail_referrals.reports.liability import LiabilityReport
from wagtail_referrals.reports.overview import OverviewReport
from wagtail_referrals.reports.sharing import SharingReport

#: Name, what the menu calls it, and the view.
REPORTS: tuple[tuple[str, object, type[ReferralReport]], ...] = (
    ("overview", _("Referrals"), OverviewReport),
    ("liability", _("Referral liability"), LiabilityReport),
    ("sharing", _("Referral sharing"), SharingReport),
)


def report_urls() -> list[URLPattern]:
    """Under the address of the admin."""
    return [
        path(f"referral-reports/{name}/", view.as_view(), name=f"wagtail_referrals_report_{name}")
        for name, _label, view in REPORTS
    ]


def report_menu_item(number: int) -> PermittedMenuItem:
    """One of `REPORTS` in the Reports menu."""
    name, label, _view = REPORTS[number]
    return PermittedMenuItem(
        label,
        reverse(f"wagtail_referrals_report_{name}"),
        name=f"referral-report-{name}",
        icon_name="group",
        order=2000 + number,
        permission=SEE_REPORTS,
    )
