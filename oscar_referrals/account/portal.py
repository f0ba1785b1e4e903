"""The page "Refer a friend" of the customer's account, and what it says to those outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from oscar.core.loading import get_class

from oscar_referrals import conf
from oscar_referrals.account.code_history import own_codes_of
from oscar_referrals.account.credit_story import lost_to_others, orders_of_friend
from oscar_referrals.account.facts import facts_of
from oscar_referrals.account.forms import JoinForm, ShowNameForm
from oscar_referrals.account.membership import current_membership, remember_membership
from oscar_referrals.account.program_state import why_closed
from oscar_referrals.account.progress_bars import bars_of, rewards_of, successful_of
from oscar_referrals.account.reward_cards import reward_cards
from oscar_referrals.account.reward_choice import chosen_in, questions_for
from oscar_referrals.account.reward_story import is_usable
from oscar_referrals.account.share import sharing_of
from oscar_referrals.account.stories import own_stories, stories_of
from oscar_referrals.account.wallet_page import history_of, wallets_of
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.session import WALLET_KEY
from oscar_referrals.members.badges import badges_for
from oscar_referrals.members.membership import may_join
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.terms_change import GOING_ON, change_since, last_acceptance
from oscar_referrals.programs import reasons
from oscar_referrals.programs.live import latest_program, live_offer
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.rewards.credit.lots import is_lot
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.notes import notes_about
from oscar_referrals.rewards.set_off import with_payments
from oscar_referrals.sharing.codes import active_code

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")
FRIENDS_PER_PAGE = 10
#: The latest rewards that no friend has earned.
OWN_SHOWN = 20


@method_decorator(never_cache, name="dispatch")
class PortalView(PageTitleMixin, TemplateView):
    """One address for everybody: advocates share here, others learn how to become one."""

    template_name = "oscar_referrals/portal.html"
    page_title = _("Refer a friend")
    active_tab = "referrals"

    def get_template_names(self) -> list[str]:
        if self.request.user.is_authenticated:
            return [self.template_name]
        return ["oscar_referrals/introduction.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offer = live_offer(self.request)
        context = super().get_context_data(
            shop_name=settings.OSCAR_SHOP_NAME,
            shop_url=resolve_url(settings.OSCAR_HOMEPAGE),
            **kwargs,
        )
        if not self.request.user.is_authenticated:
            if offer is None:
                return context | {"state_text": why_closed(latest_program(self.request))}
            facts = facts_of(offer.version, reader=Incentive.Side.ADVOCATE)
            return context | facts | {"is_used_up": used_up.for_pages(offer.version)}
        advocate = current_membership(self.request)
        version = offer.version if offer else advocate and advocate.program.current_version
        context |= {"advocate": advocate, "is_live": offer is not None}
        if offer is not None:
            request: Any = self.request
            context["is_used_up"] = used_up.for_basket(request.basket)(offer.version)
        else:
            program = advocate.program if advocate else latest_program(self.request)
            context["state_text"] = why_closed(program, has_account=True)
        if version:
            context |= facts_of(version, reader=Incentive.Side.ADVOCATE)
        if advocate is not None and advocate.is_member:
            remember_membership(self.request, advocate)
            context |= self._membership(advocate)
            if advocate.program.status in GOING_ON:
                context["terms_change"] = change_since(
                    context["acceptance"], version or None, context.get("terms")
                )
            if version:
                context["reward_questions"] = questions_for(advocate, version)
            context |= self._sharing(advocate, offer.version) if offer else {}
        elif offer is not None:
            context |= self._joining(offer.program, context.get("terms"), kwargs.get("join_form"))
        rewards = rewards_of(self.request.user)
        if advocate is not None and advocate.is_member and offer is not None:
            context |= self._progress(advocate, offer.version, rewards, context)
        return context | self._earnings(rewards)

    def _joining(self, program: Program, terms: Any, form: JoinForm | None) -> dict[str, Any]:
        refusal = may_join(program, self.request.user)
        if refusal is not None:
            return {"join_refusal": reasons.shopper_text(refusal.reason, **refusal.params)}
        return {"join_form": form or JoinForm(terms=terms)} if terms else {}

    def _membership(self, advocate: Advocate) -> dict[str, Any]:
        return {
            "is_member": True,
            "name_form": ShowNameForm(instance=advocate),
            "acceptance": last_acceptance(advocate),
        }

    def _sharing(self, advocate: Advocate, version: ProgramVersion) -> dict[str, Any]:
        code = active_code(advocate)
        if code is None:
            return {"was_blocked": advocate.codes.exists()}
        return {
            "own_codes": own_codes_of(advocate),
            "sharing": sharing_of(code=code, version=version, request=self.request),
        }

    def _progress(
        self,
        advocate: Advocate,
        version: ProgramVersion,
        rewards: list[Reward],
        context: dict[str, Any],
    ) -> dict[str, Any]:
        successful = successful_of(advocate)
        bars = bars_of(
            advocate,
            version,
            successful=successful,
            rewards=rewards,
            preferred=chosen_in(context.get("reward_questions", [])),
        )
        return {
            "progress_bars": bars,
            "badges": badges_for(successful),
            "has_leaderboard": conf.get().LEADERBOARD,
        }

    def _earnings(self, rewards: list[Reward]) -> dict[str, Any]:
        """Friends and rewards of this person, of every program they were in."""
        request: Any = self.request
        user = request.user
        page = Paginator(_referrals_of(user), FRIENDS_PER_PAGE).get_page(request.GET.get("page"))
        ready = [item for item in rewards if is_usable(item) and not is_lot(item)]
        own = [item for item in rewards if not _is_for_a_friend(item)][:OWN_SHOWN]
        notes = notes_about([*own, *_earned_by(page.object_list)])
        wallets = wallets_of(user, rewards)
        if rewards and not request.session.get(WALLET_KEY):
            request.session[WALLET_KEY] = True
        return {
            "wallets": wallets,
            "credit_history": history_of(user) if wallets else [],
            "page_obj": page,
            "friends": stories_of(
                list(page.object_list), notes, newest=page.paginator.count - page.start_index() + 1
            ),
            "own_rewards": own_stories(own, notes),
            "own_orders": orders_of_friend(user),
            "lost_invitations": lost_to_others(user),
            "friends_ordered": page.paginator.count,
            "friends_claimed": _open_claims_of(user).count(),
            "rewards_ready": reward_cards(ready, basket_id=request.basket.id),
            "rewards_waiting": sum(item.state == Reward.State.PENDING for item in rewards),
        }


def _referrals_of(user: Any) -> QuerySet[Referral]:
    own = (
        with_payments(Reward.objects.filter(side=Incentive.Side.ADVOCATE))
        .select_related("incentive")
        .prefetch_related("incentive__amounts")
    )
    friends = Referral.objects.filter(advocate__user=user).exclude(reason=reasons.GIVEN_BY_STAFF)
    return friends.select_related("friend", "claim").prefetch_related(
        Prefetch("rewards", queryset=own)
    )


def _earned_by(referrals: Iterable[Referral]) -> list[Reward]:
    """From what is prefetched."""
    return [reward for referral in referrals for reward in referral.rewards.all()]


def _is_for_a_friend(reward: Reward) -> bool:
    """It stands with the friend who earned it; gifts, and what one earns as a friend, do not."""
    return reward.side == Incentive.Side.ADVOCATE and reward.incentive_id is not None


def _open_claims_of(user: Any) -> QuerySet[Claim]:
    return Claim.objects.filter(
        code__advocate__user=user, used_at=None, expires_at__gt=timezone.now()
    )
