"""Addresses and permissions of the operator's pages."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views import View
from oscar.core.application import OscarDashboardConfig


def _staff(*codenames: str) -> list[str]:
    return ["is_staff", *(f"oscar_referrals.{codename}" for codename in codenames)]


def _page(address: str, view: type[View[Any]], name: str, **options: Any) -> URLPattern:
    return path(address, view.as_view(**options), name=f"referrals-{name}")


SEE_PROGRAMS = _staff("view_program")
EDIT_PROGRAMS = _staff("view_program", "change_program")
PUBLISH_PROGRAMS = _staff("view_program", "publish_program")
BY_HAND = _staff("view_referral", "adjust_reward")
ASSIGN = _staff("view_referral", "assign_referral")
SEE_REPORT = _staff("view_referral_report")
SEE_BOOKS = _staff("view_ledgerentry")
SEE_MESSAGES = _staff("view_outboxmessage")
#: The texts are Oscar's rows, and Oscar's permission guards them.
EDIT_TEXTS = [*SEE_MESSAGES, "communication.change_communicationeventtype"]


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
        # Their pages are read by whoever sees programs, and saved by whoever may change them.
        "referrals-sharing": SEE_PROGRAMS,
        "referrals-share-texts": SEE_PROGRAMS,
        "referrals-material-list": SEE_PROGRAMS,
        "referrals-material-create": EDIT_PROGRAMS,
        "referrals-material-edit": EDIT_PROGRAMS,
        "referrals-version-start": EDIT_PROGRAMS,
        "referrals-version-detail": SEE_PROGRAMS,
        "referrals-version-edit": EDIT_PROGRAMS,
        "referrals-version-discard": EDIT_PROGRAMS,
        "referrals-version-publish": PUBLISH_PROGRAMS,
        # Read by whoever sees programs; the buttons have permissions of their own.
        "referrals-statements": SEE_PROGRAMS,
        "referrals-phrases": SEE_PROGRAMS,
        "referrals-version-forecast": _staff("view_program", "view_referral_report"),
        "referrals-reward-again": _staff("view_referral", "adjust_reward"),
        "referrals-referral-list": _staff("view_referral"),
        "referrals-referral-detail": _staff("view_referral"),
        "referrals-attention": _staff("view_referral"),
        "referrals-search": _staff("view_referral"),
        "referrals-code": _staff("view_referral", "replace_referralcode"),
        "referrals-advocate-merge": _staff("view_referral", "merge_advocate"),
        "referrals-assignment-list": ASSIGN,
        "referrals-assignment-new": ASSIGN,
        "referrals-assignment-detail": ASSIGN,
        "referrals-late-claim": ASSIGN,
        "referrals-referral-settle": _staff("view_referral", "change_reward"),
        "referrals-reward-give": BY_HAND,
        "referrals-reward-extend": BY_HAND,
        "referrals-reward-adjust": BY_HAND,
        "referrals-reward-outside": BY_HAND,
        "referrals-settlement-list": BY_HAND,
        "referrals-settlement-detail": BY_HAND,
        "referrals-reward-list": _staff("view_reward"),
        "referrals-reward-detail": _staff("view_reward"),
        "referrals-reward-free": _staff("view_referral", "change_reward"),
        "referrals-alias-list": _staff("view_advocate"),
        "referrals-alias-hide": _staff("view_advocate", "change_advocate"),
        "referrals-alias-show": _staff("view_advocate", "change_advocate"),
        "referrals-message-list": SEE_MESSAGES,
        "referrals-message-resend": _staff("view_outboxmessage", "resend_outboxmessage"),
        "referrals-message-kinds": SEE_MESSAGES,
        "referrals-message-kind": SEE_MESSAGES,
        "referrals-message-switch": _staff("view_outboxmessage", "change_program"),
        "referrals-message-edit": EDIT_TEXTS,
        "referrals-message-reset": EDIT_TEXTS,
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
        "referrals-ways": SEE_REPORT,
        "referrals-ways-csv": SEE_REPORT,
    }

    def get_urls(self) -> list[URLPattern]:
        """The pages; each is guarded by the permissions above."""
        from oscar_referrals.dashboard.views import (
            advocates,
            again,
            assignments,
            attention,
            by_hand,
            forecast,
            leaderboard,
            ledger,
            lifecycle,
            material,
            message_kinds,
            messages,
            money,
            programs,
            referrals,
            report,
            rewards,
            settlements,
            sharing,
            statements,
            versions,
            ways,
        )

        return self.post_process_urls(
            [
                _page("", programs.ProgramListView, "program-list"),
                _page("new/", programs.ProgramCreateView, "program-create"),
                _page("<int:pk>/", programs.ProgramDetailView, "program-detail"),
                *(
                    _page(
                        f"<int:pk>/{action.name}/",
                        lifecycle.LifecycleView,
                        f"program-{action.name}",
                        action=action,
                    )
                    for action in lifecycle.ACTIONS
                ),
                _page("<int:pk>/sharing/", sharing.SharingView, "sharing"),
                _page("<int:pk>/sharing/texts/", sharing.ShareTextsView, "share-texts"),
                _page("<int:pk>/sharing/material/", material.MaterialListView, "material-list"),
                _page(
                    "<int:pk>/sharing/material/new/", material.MaterialEditView, "material-create"
                ),
                _page(
                    "<int:pk>/sharing/material/<int:material>/",
                    material.MaterialEditView,
                    "material-edit",
                ),
                _page("<int:pk>/draft/", versions.DraftStartView, "version-start"),
                _page("versions/<int:pk>/", versions.VersionDetailView, "version-detail"),
                _page("versions/<int:pk>/edit/", versions.DraftEditView, "version-edit"),
                _page("versions/<int:pk>/discard/", versions.DraftDiscardView, "version-discard"),
                _page("versions/<int:pk>/publish/", versions.PublishView, "version-publish"),
                _page("versions/<int:pk>/statements/", statements.StatementsView, "statements"),
                _page("phrases/", statements.PhrasesView, "phrases"),
                _page("versions/<int:pk>/forecast/", forecast.ForecastView, "version-forecast"),
                _page("rewards/<int:pk>/again/", again.RewardAgainView, "reward-again"),
                _page("referrals/", referrals.ReferralListView, "referral-list"),
                _page("referrals/<int:pk>/", referrals.ReferralDetailView, "referral-detail"),
                _page("credits/", assignments.AssignmentListView, "assignment-list"),
                _page("credits/new/", assignments.AssignView, "assignment-new"),
                _page("credits/<int:pk>/", assignments.AssignmentDetailView, "assignment-detail"),
                _page("credits/friends/<int:pk>/", assignments.LateClaimView, "late-claim"),
                _page("search/", advocates.SearchView, "search"),
                _page("codes/<int:pk>/", advocates.CodeView, "code"),
                _page("advocates/<int:pk>/merge/", advocates.MergeView, "advocate-merge"),
                _page("attention/", attention.AttentionView, "attention"),
                _page("referrals/<int:pk>/settle/", attention.SettleAgainView, "referral-settle"),
                _page("rewards/give/", by_hand.GiveView, "reward-give"),
                _page("rewards/<int:pk>/extend/", by_hand.ExtendView, "reward-extend"),
                _page("rewards/<int:pk>/adjust/", by_hand.AdjustView, "reward-adjust"),
                _page("rewards/<int:pk>/outside/", settlements.SettleOutsideView, "reward-outside"),
                _page("settlements/", settlements.SettlementListView, "settlement-list"),
                _page(
                    "settlements/<int:pk>/",
                    settlements.SettlementDetailView,
                    "settlement-detail",
                ),
                _page("rewards/", rewards.RewardListView, "reward-list"),
                _page("rewards/<int:pk>/", rewards.RewardDetailView, "reward-detail"),
                _page("rewards/<int:pk>/free/", rewards.RewardFreeView, "reward-free"),
                _page("leaderboard/", leaderboard.AliasListView, "alias-list"),
                _page("leaderboard/<int:pk>/hide/", leaderboard.AliasHideView, "alias-hide"),
                _page("leaderboard/<int:pk>/show/", leaderboard.AliasShowView, "alias-show"),
                _page("messages/", messages.MessageListView, "message-list"),
                _page("messages/<int:pk>/resend/", messages.MessageResendView, "message-resend"),
                _page("messages/kinds/", message_kinds.KindListView, "message-kinds"),
                _page("messages/kinds/<str:event>/", message_kinds.KindView, "message-kind"),
                _page(
                    "messages/kinds/<str:event>/switch/",
                    message_kinds.SwitchView,
                    "message-switch",
                ),
                _page("messages/kinds/<str:event>/edit/", message_kinds.EditView, "message-edit"),
                _page(
                    "messages/kinds/<str:event>/reset/", message_kinds.ResetView, "message-reset"
                ),
                _page("ledger/", ledger.LedgerListView, "ledger-list"),
                _page("ledger/journal.csv", money.JournalCsvView, "journal-csv"),
                _page("accounts/", money.TrialBalanceView, "trial-balance"),
                _page("accounts/trial-balance.csv", money.TrialBalanceCsvView, "trial-balance-csv"),
                _page("accounts/all/", money.AccountListView, "account-list"),
                _page("<int:pk>/booked-as/", money.BookedAsView, "booked-as"),
                _page("customers/<int:customer>/", ledger.StatementView, "statement-customer"),
                _page(
                    "customers/<int:customer>/csv/",
                    ledger.StatementCsvView,
                    "statement-customer-csv",
                ),
                _page("advocates/<int:advocate>/", ledger.StatementView, "statement-advocate"),
                _page(
                    "advocates/<int:advocate>/csv/",
                    ledger.StatementCsvView,
                    "statement-advocate-csv",
                ),
                _page("liability/", money.LiabilityView, "liability"),
                _page("liability.csv", money.LiabilityCsvView, "liability-csv"),
                _page("liability/rewards/", money.OutstandingView, "outstanding"),
                _page("report/", report.ReportView, "report"),
                _page("report.csv", report.ReportCsvView, "report-csv"),
                _page("report/sharing/", ways.WaysView, "ways"),
                _page("report/sharing.csv", ways.WaysCsvView, "ways-csv"),
            ]
        )
