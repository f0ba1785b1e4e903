"""Addresses and permissions of the operator's pages."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from oscar.core.application import OscarDashboardConfig


def _staff(*codenames: str) -> list[str]:
    return ["is_staff", *(f"oscar_referrals.{codename}" for codename in codenames)]


SEE_PROGRAMS = _staff("view_program")
EDIT_PROGRAMS = _staff("view_program", "change_program")
PUBLISH_PROGRAMS = _staff("view_program", "publish_program")
BY_HAND = _staff("view_referral", "adjust_reward")
SEE_REPORT = _staff("view_referral_report")
SEE_BOOKS = _staff("view_ledgerentry")


class OscarReferralsDashboardConfig(OscarDashboardConfig):
    """Mounted by the shop: ``path("dashboard/referrals/", apps.get_app_config(label).urls)``."""

    name = "oscar_referrals.dashboard"
    label = "oscar_referrals_dashboard"
    namespace = "oscar_referrals_dashboard"
    verbose_name = _("Referrals dashboard")
    # Oscar's base class stands in this module too, and Django would not know which one is meant.
    default = True

    default_permissions = ["is_staff", "is_superuser"]
    permissions_map = {
        "referrals-program-list": SEE_PROGRAMS,
        "referrals-program-create": _staff("view_program", "add_program"),
        "referrals-program-detail": SEE_PROGRAMS,
        "referrals-program-pause": PUBLISH_PROGRAMS,
        "referrals-program-resume": PUBLISH_PROGRAMS,
        "referrals-program-end": PUBLISH_PROGRAMS,
        "referrals-program-stop": PUBLISH_PROGRAMS,
        "referrals-version-start": EDIT_PROGRAMS,
        "referrals-version-detail": SEE_PROGRAMS,
        "referrals-version-edit": EDIT_PROGRAMS,
        "referrals-version-discard": EDIT_PROGRAMS,
        "referrals-version-publish": PUBLISH_PROGRAMS,
        "referrals-version-forecast": _staff("view_program", "view_referral_report"),
        "referrals-reward-again": _staff("view_referral", "adjust_reward"),
        "referrals-referral-list": _staff("view_referral"),
        "referrals-referral-detail": _staff("view_referral"),
        "referrals-attention": _staff("view_referral"),
        "referrals-referral-settle": _staff("view_referral", "change_reward"),
        "referrals-reward-give": BY_HAND,
        "referrals-reward-extend": BY_HAND,
        "referrals-reward-adjust": BY_HAND,
        "referrals-reward-list": _staff("view_reward"),
        "referrals-reward-detail": _staff("view_reward"),
        "referrals-reward-free": _staff("view_referral", "change_reward"),
        "referrals-message-list": _staff("view_outboxmessage"),
        "referrals-message-resend": _staff("view_outboxmessage", "resend_outboxmessage"),
        "referrals-ledger-list": SEE_BOOKS,
        "referrals-account-list": SEE_BOOKS,
        "referrals-trial-balance": SEE_BOOKS,
        "referrals-trial-balance-csv": SEE_BOOKS,
        "referrals-journal-csv": SEE_BOOKS,
        "referrals-booked-as": _staff("view_ledgerentry", "change_program"),
        "referrals-statement-customer": SEE_BOOKS,
        "referrals-statement-customer-csv": SEE_BOOKS,
        "referrals-statement-advocate": SEE_BOOKS,
        "referrals-statement-advocate-csv": SEE_BOOKS,
        "referrals-liability": SEE_REPORT,
        "referrals-liability-csv": SEE_REPORT,
        "referrals-outstanding": _staff("view_referral_report", "view_reward"),
        "referrals-report": SEE_REPORT,
        "referrals-report-csv": SEE_REPORT,
    }

    def get_urls(self) -> list[URLPattern]:
        """The pages; each is guarded by the permissions above."""
        from oscar_referrals.dashboard.views import (
            again,
            attention,
            by_hand,
            forecast,
            ledger,
            lifecycle,
            messages,
            money,
            programs,
            referrals,
            report,
            rewards,
            versions,
        )

        return self.post_process_urls(
            [
                path("", programs.ProgramListView.as_view(), name="referrals-program-list"),
                path("new/", programs.ProgramCreateView.as_view(), name="referrals-program-create"),
                path(
                    "<int:pk>/",
                    programs.ProgramDetailView.as_view(),
                    name="referrals-program-detail",
                ),
                *(
                    path(
                        f"<int:pk>/{action.name}/",
                        lifecycle.LifecycleView.as_view(action=action),
                        name=f"referrals-program-{action.name}",
                    )
                    for action in lifecycle.ACTIONS
                ),
                path(
                    "<int:pk>/draft/",
                    versions.DraftStartView.as_view(),
                    name="referrals-version-start",
                ),
                path(
                    "versions/<int:pk>/",
                    versions.VersionDetailView.as_view(),
                    name="referrals-version-detail",
                ),
                path(
                    "versions/<int:pk>/edit/",
                    versions.DraftEditView.as_view(),
                    name="referrals-version-edit",
                ),
                path(
                    "versions/<int:pk>/discard/",
                    versions.DraftDiscardView.as_view(),
                    name="referrals-version-discard",
                ),
                path(
                    "versions/<int:pk>/publish/",
                    versions.PublishView.as_view(),
                    name="referrals-version-publish",
                ),
                path(
                    "versions/<int:pk>/forecast/",
                    forecast.ForecastView.as_view(),
                    name="referrals-version-forecast",
                ),
                path(
                    "rewards/<int:pk>/again/",
                    again.RewardAgainView.as_view(),
                    name="referrals-reward-again",
                ),
                path(
                    "referrals/",
                    referrals.ReferralListView.as_view(),
                    name="referrals-referral-list",
                ),
                path(
                    "referrals/<int:pk>/",
                    referrals.ReferralDetailView.as_view(),
                    name="referrals-referral-detail",
                ),
                path("attention/", attention.AttentionView.as_view(), name="referrals-attention"),
                path(
                    "referrals/<int:pk>/settle/",
                    attention.SettleAgainView.as_view(),
                    name="referrals-referral-settle",
                ),
                path("rewards/give/", by_hand.GiveView.as_view(), name="referrals-reward-give"),
                path(
                    "rewards/<int:pk>/extend/",
                    by_hand.ExtendView.as_view(),
                    name="referrals-reward-extend",
                ),
                path(
                    "rewards/<int:pk>/adjust/",
                    by_hand.AdjustView.as_view(),
                    name="referrals-reward-adjust",
                ),
                path("rewards/", rewards.RewardListView.as_view(), name="referrals-reward-list"),
                path(
                    "rewards/<int:pk>/",
                    rewards.RewardDetailView.as_view(),
                    name="referrals-reward-detail",
                ),
                path(
                    "rewards/<int:pk>/free/",
                    rewards.RewardFreeView.as_view(),
                    name="referrals-reward-free",
                ),
                path(
                    "messages/", messages.MessageListView.as_view(), name="referrals-message-list"
                ),
                path(
                    "messages/<int:pk>/resend/",
                    messages.MessageResendView.as_view(),
                    name="referrals-message-resend",
                ),
                path("ledger/", ledger.LedgerListView.as_view(), name="referrals-ledger-list"),
                path(
                    "ledger/journal.csv",
                    money.JournalCsvView.as_view(),
                    name="referrals-journal-csv",
                ),
                path("accounts/", money.TrialBalanceView.as_view(), name="referrals-trial-balance"),
                path(
                    "accounts/trial-balance.csv",
                    money.TrialBalanceCsvView.as_view(),
                    name="referrals-trial-balance-csv",
                ),
                path(
                    "accounts/all/", money.AccountListView.as_view(), name="referrals-account-list"
                ),
                path(
                    "<int:pk>/booked-as/",
                    money.BookedAsView.as_view(),
                    name="referrals-booked-as",
                ),
                *(
                    path(address, view.as_view(), name=f"referrals-statement-{name}")
                    for address, view, name in (
                        ("customers/<int:customer>/", ledger.StatementView, "customer"),
                        ("customers/<int:customer>/csv/", ledger.StatementCsvView, "customer-csv"),
                        ("advocates/<int:advocate>/", ledger.StatementView, "advocate"),
                        ("advocates/<int:advocate>/csv/", ledger.StatementCsvView, "advocate-csv"),
                    )
                ),
                path("liability/", money.LiabilityView.as_view(), name="referrals-liability"),
                path(
                    "liability.csv",
                    money.LiabilityCsvView.as_view(),
                    name="referrals-liability-csv",
                ),
                path(
                    "liability/rewards/",
                    money.OutstandingView.as_view(),
                    name="referrals-outstanding",
                ),
                path("report/", report.ReportView.as_view(), name="referrals-report"),
                path("report.csv", report.ReportCsvView.as_view(), name="referrals-report-csv"),
            ]
        )
