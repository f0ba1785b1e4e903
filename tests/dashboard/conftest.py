"""Members of staff with exactly the permissions a test names, and a referral that is complete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import UserFactory, live_program
from tests.rewards.cases import guests_order

#: What an operator of the whole program may do.
OPERATOR = (
    "view_program",
    "add_program",
    "change_program",
    "publish_program",
    "view_referral",
    "view_reward",
    "change_reward",
    "adjust_reward",
    "assign_referral",
    "merge_advocate",
    "replace_referralcode",
    "view_advocate",
    "change_advocate",
    "view_outboxmessage",
    "resend_outboxmessage",
    "view_referral_report",
    "view_ledgerentry",
)


@pytest.fixture
def staff() -> Callable[..., Client]:
    """Sign in as a member of staff who has these permissions of ours and no others."""

    def staff(*codenames: str, is_staff: bool = True) -> Client:
        user = UserFactory(is_staff=is_staff)
        user.user_permissions.set(
            Permission.objects.filter(
                content_type__app_label="oscar_referrals", codename__in=codenames
            )
        )
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.user = user
        return client

    return staff


@pytest.fixture
def operator(staff: Callable[..., Client]) -> Client:
    """Somebody who may do everything with referrals."""
    return staff(*OPERATOR)


@pytest.fixture
def program() -> Any:
    """RM 20 off a first order of RM 80 or more; RM 15 back."""
    return live_program()


@pytest.fixture
def referral(program: Any) -> Referral:
    """What `guests_order` made of the program."""
    return guests_order(program)


@pytest.fixture
def reward(referral: Referral) -> Reward:
    """RM 15 that the advocate can spend."""
    return referral.rewards.get(side="advocate")
