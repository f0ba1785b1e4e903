"""Joining, leaving, what friends may see and which reward one wants: one small form each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from oscar_referrals.account.forms import JoinForm, RewardChoiceForm, ShowNameForm
from oscar_referrals.account.membership import current_membership, remember_membership
from oscar_referrals.account.portal import PortalView
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.account.terms import terms_of
from oscar_referrals.members.membership import JoinRefused, join, leave
from oscar_referrals.members.preferences import NotOffered, prefer
from oscar_referrals.programs import reasons
from oscar_referrals.programs.live import live_offer
from oscar_referrals.sharing.codes import code_for


class JoinView(SignedIn, PortalView):
    """Takes the form of the portal; a form with a mistake comes back as the same page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        offer = live_offer(request)
        terms = terms_of(offer.version) if offer else None
        if offer is None or terms is None:
            messages.error(request, _("You can't join at the moment: no program is open."))
            return redirect("referrals:portal")
        form = JoinForm(request.POST, terms=terms)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(join_form=form))
        try:
            advocate = join(
                program=offer.program,
                user=request.user,
                language=terms.language,
                method="account",
                show_name=form.cleaned_data["show_name"],
                terms_id=terms.pk,
            )
        except JoinRefused as refused:
            refusal = refused.refusal
            messages.error(request, reasons.shopper_text(refusal.reason, **refusal.params))
            return redirect("referrals:portal")
        code_for(advocate=advocate)
        remember_membership(request, advocate)
        messages.success(request, _("Welcome! Your code and your link are ready to share."))
        return redirect("referrals:portal")


class MemberFormView(SignedIn, View, ABC):
    """A button of the portal. Whoever takes no part is sent back to where joining is explained."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        advocate = current_membership(request)
        if advocate is not None and advocate.is_member:
            self.act(request, advocate)
        return redirect("referrals:portal")

    @abstractmethod
    def act(self, request: HttpRequest, advocate: Any) -> None:
        """What the button does."""


class LeaveView(MemberFormView):
    """Leaves the program; what was earned stays."""

    def act(self, request: HttpRequest, advocate: Any) -> None:
        leave(advocate=advocate)
        messages.success(
            request, _("You have left the program. Rewards that you have earned stay yours.")
        )


class ShowNameView(MemberFormView):
    """Lets friends see the first name, or no longer."""

    def act(self, request: HttpRequest, advocate: Any) -> None:
        form = ShowNameForm(request.POST, instance=advocate)
        if form.is_valid():
            form.save()
            if advocate.show_name:
                messages.success(request, _("Friends now see your first name."))
            else:
                messages.success(request, _("Friends no longer see your name."))


class ChooseRewardView(MemberFormView):
    """Says which of several rewards the advocate wants from now on."""

    def act(self, request: HttpRequest, advocate: Any) -> None:
        form = RewardChoiceForm(request.POST)
        offer = live_offer(request)
        version = offer.version if offer is not None else advocate.program.current_version
        try:
            if not form.is_valid() or version is None:
                raise NotOffered
            prefer(advocate=advocate, incentive_id=form.cleaned_data["reward"], version=version)
        except NotOffered:
            messages.error(request, _("Please choose one of the rewards that are offered now."))
        else:
            messages.success(
                request, _("Saved. Your choice holds for rewards that are recorded from now on.")
            )


class NewCodeView(MemberFormView):
    """Makes the code of an advocate who has none, or whose last one was blocked."""

    def act(self, request: HttpRequest, advocate: Any) -> None:
        code_for(advocate=advocate)
