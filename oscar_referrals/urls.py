"""Addresses of the shopper's pages; include them before Oscar's own."""

from __future__ import annotations

from django.urls import path

from oscar_referrals.account.card import CardView
from oscar_referrals.account.confirm_address import ConfirmAddressView
from oscar_referrals.account.credit_buttons import RemoveCreditView, UseCreditView
from oscar_referrals.account.findable import FindableView
from oscar_referrals.account.guest_mails import GuestMailsView
from oscar_referrals.account.joining import (
    ChooseRewardView,
    JoinView,
    LeaveView,
    NewCodeView,
    ShowNameView,
)
from oscar_referrals.account.landing import LandingView
from oscar_referrals.account.late_claim import LateClaimView
from oscar_referrals.account.leaderboard import LeaderboardView
from oscar_referrals.account.mails import MailsView
from oscar_referrals.account.material_file import MaterialFileView
from oscar_referrals.account.my_data import MyDataFileView, MyDataView, ShowToAdvocateView
from oscar_referrals.account.name_claim import NameClaimView
from oscar_referrals.account.own_code import ChooseCodeView
from oscar_referrals.account.portal import PortalView
from oscar_referrals.account.qr import QrPngView, QrSvgView
from oscar_referrals.account.receipts import ReceiptFileView, ReceiptsView, ReceiptView
from oscar_referrals.account.share_made import ShareMadeView
from oscar_referrals.account.spending import UseRewardView
from oscar_referrals.account.stop_mails import StopMailsView
from oscar_referrals.account.terms import CurrentTermsView, TermsView
from oscar_referrals.account.terms_change import TermsChangeView

app_name = "referrals"

urlpatterns = [
    path("r/<str:code>/", LandingView.as_view(), name="landing"),
    path("referrals/friend/", NameClaimView.as_view(), name="name-claim"),
    path("referrals/friend/after-order/", LateClaimView.as_view(), name="late-claim"),
    path("referrals/findable/", FindableView.as_view(), name="findable"),
    path("referrals/", PortalView.as_view(), name="portal"),
    path("referrals/join/", JoinView.as_view(), name="join"),
    path("referrals/leave/", LeaveView.as_view(), name="leave"),
    path("referrals/name/", ShowNameView.as_view(), name="show-name"),
    path("referrals/reward/", ChooseRewardView.as_view(), name="choose-reward"),
    path("referrals/code/", NewCodeView.as_view(), name="new-code"),
    path("referrals/code/own/", ChooseCodeView.as_view(), name="own-code"),
    path("referrals/shared/", ShareMadeView.as_view(), name="shared"),
    path("referrals/my-data/", MyDataView.as_view(), name="my-data"),
    path("referrals/my-data.json", MyDataFileView.as_view(), name="my-data-file"),
    path("referrals/my-data/name/", ShowToAdvocateView.as_view(), name="show-to-advocate"),
    path("referrals/leaderboard/", LeaderboardView.as_view(), name="leaderboard"),
    path("referrals/card/", CardView.as_view(), name="card"),
    path("referrals/material/<int:pk>/", MaterialFileView.as_view(), name="material"),
    path("referrals/qr.svg", QrSvgView.as_view(), name="qr"),
    path("referrals/qr.png", QrPngView.as_view(), name="qr-png"),
    path("referrals/rewards/<int:pk>/use/", UseRewardView.as_view(), name="use-reward"),
    path("referrals/credit/use/", UseCreditView.as_view(), name="use-credit"),
    path("referrals/credit/remove/", RemoveCreditView.as_view(), name="remove-credit"),
    path("referrals/mails/", MailsView.as_view(), name="mails"),
    path("referrals/mails/stop/<str:token>/", StopMailsView.as_view(), name="stop-mails"),
    path("referrals/mails/choose/<str:token>/", GuestMailsView.as_view(), name="guest-mails"),
    path("referrals/confirm/<str:token>/", ConfirmAddressView.as_view(), name="confirm-address"),
    path("referrals/terms/", CurrentTermsView.as_view(), name="current-terms"),
    path("referrals/terms/accepted/", ReceiptsView.as_view(), name="receipts"),
    path("referrals/terms/accepted/<int:pk>/", ReceiptView.as_view(), name="receipt"),
    path("referrals/terms/accepted/<int:pk>/file/", ReceiptFileView.as_view(), name="receipt-file"),
    path("referrals/terms/change/", TermsChangeView.as_view(), name="terms-change"),
    path("referrals/terms/<int:pk>/", TermsView.as_view(), name="terms"),
]
