"""Extending and adjusting a reward, and giving store credit, each on a page of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from oscar_referrals.dashboard.forms.by_hand import AdjustForm, ExtendForm, GiveForm, Reasoned
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.extend import extend
from oscar_referrals.rewards.give import give
from oscar_referrals.rewards.models import Reward


class ByHandView(FormView, ABC):
    """A form whose POST does one thing, or says why it can't be done."""

    template_name = "oscar_referrals/dashboard/by_hand.html"
    title: Promise
    button: Promise
    done: Promise
    #: What there is to know before.
    advice: Promise | str = ""

    @abstractmethod
    def do(self, form: Any) -> Any:
        """Call the service; may raise NotPossible."""

    def after(self, reward: Any) -> HttpResponse:
        """Where to go with what `do` came back with: to the story, which tells of it."""
        messages.success(self.request, str(self.done))
        return redirect(
            "oscar_referrals_dashboard:referrals-referral-detail", pk=reward.referral_id
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        return super().get_context_data(
            title=self.title, button=self.button, advice=self.advice, **kwargs
        )

    def form_valid(self, form: Reasoned) -> HttpResponse:
        """Do it and go on, or say why not."""
        try:
            done = self.do(form)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.after(done)


class OneRewardView(ByHandView):
    """Something that is done to one reward."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The reward as well."""
        return super().get_context_data(reward=self.reward, **kwargs)

    @property
    def reward(self) -> Reward:
        """The reward of the address, with its people."""
        rewards = Reward.objects.select_related("referral", "advocate__user", "incentive")
        return get_object_or_404(rewards, pk=self.kwargs["pk"])


class ExtendView(OneRewardView):
    """More time to use a reward."""

    form_class = ExtendForm
    title = _("Give more time")
    button = _("Give more time")
    done = _("The reward can be used until the new date.")
    advice = _("An expired reward can be used again. Its owner is told so by mail.")

    def do(self, form: Any) -> Reward:
        """Extend it."""
        return extend(
            reward_id=self.kwargs["pk"],
            until=form.cleaned_data["until"],
            actor=self.request.user,
            note=form.cleaned_data["reason"],
            customer_note=form.cleaned_data["customer_note"],
        )


class AdjustView(OneRewardView):
    """More or less of a reward."""

    form_class = AdjustForm
    title = _("Adjust a reward")
    button = _("Adjust")
    done = _("The reward was adjusted.")
    advice = _(
        "Take away all of it to withdraw a reward. What is spent already stays. A voucher can be "
        "lowered; to give more, give store credit."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks in the reward's currency."""
        return {**super().get_form_kwargs(), "reward": self.reward}

    def do(self, form: Any) -> Reward:
        """Adjust it."""
        return adjust(
            reward_id=self.kwargs["pk"],
            by=form.cleaned_data["amount"],
            actor=self.request.user,
            note=form.cleaned_data["reason"],
            customer_note=form.cleaned_data["customer_note"],
            token=form.cleaned_data["token"],
        )


class GiveView(ByHandView):
    """Store credit by hand."""

    form_class = GiveForm
    title = _("Give store credit")
    button = _("Give it")
    done = _("The store credit was given.")
    advice = _(
        "Caps and the budget of the program don't keep you from it, but it is counted in both. The "
        "customer is told by mail as soon as it can be used."
    )

    def get_initial(self) -> dict[str, Any]:
        """A link may name the customer."""
        return {**super().get_initial(), "customer": self.request.GET.get("customer", "")}

    def do(self, form: Any) -> Reward:
        """Give it, once however often the button is pressed."""
        data = form.cleaned_data
        return give(
            program=data["program"],
            user=data["customer"],
            amount=data["minor"],
            currency=data["currency"],
            actor=self.request.user,
            note=data["reason"],
            customer_note=data["customer_note"],
            hold_days=data["hold_days"],
            validity_days=data["validity_days"],
            token=data["token"],
        )
