"""Steps 4 to 6 of the tutorial, in the shop of the settings: ``first_referral.py <cron job>``."""

from __future__ import annotations

import sys

import django


def main(cron_job: list[str]) -> None:
    django.setup()
    from django.core import mail
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    # Mail goes to a list instead of a server that a new project has not got.
    setup_test_environment()

    from oscar_referrals import conf
    from oscar_referrals.members.models import Advocate
    from oscar_referrals.programs.models import Program
    from oscar_referrals.rewards.audit import audit
    from oscar_referrals.rewards.models import Reward
    from oscar_referrals.sharing.models import ReferralCode
    from tests.dashboard.pages import entered, url
    from tests.shop import Visitor, customer, product

    currency = conf.get().currencies[0]

    operator = Visitor(customer(is_staff=True, is_superuser=True))
    page = operator.client.get(url("program-create"))
    site = page.context["form"]["site"].value()
    operator.client.post(url("program-create"), {"name": "Bring a friend", "site": site})
    draft = Program.objects.get().versions.get()
    address = url("version-edit", draft.pk)
    figures = {
        f"friend-{currency}-value": "20",
        f"friend-{currency}-minimum": "80",
        f"advocate-{currency}-value": "15",
        "advocate-validity_days": "90",
        "rules-hold_days": "0",
    }
    form = entered(operator.client.get(address)) | figures
    words = dict.fromkeys(form_words(operator.client.get(address)), "Thank you.")
    operator.client.post(address, form | words | {"publish": ""})
    address = url("version-publish", draft.pk)
    page = operator.client.get(address)
    assert not page.context["problems"], page.context["problems"]
    operator.client.post(address, {"fingerprint": page.context["fingerprint"]})
    assert Program.objects.get().status == Program.Status.LIVE
    print("The program is live.")

    member = Visitor(customer("advocate@example.com"))
    terms = member.get("referrals:portal").context["terms"]
    member.post("referrals:join", data={"terms": terms.pk, "accept": "on"})
    code = ReferralCode.objects.get(advocate=Advocate.objects.get(user=member.user))
    print("The advocate has a code.")

    friend = Visitor()
    friend.claim(code)
    friend.add(product("100.00"))
    friend.post(
        "customer:register",
        data={
            "email": "friend@example.com",
            "password1": "a-long-pass-phrase",
            "password2": "a-long-pass-phrase",
        },
    )
    order = friend.order("friend@example.com")
    assert order.total_discount_incl_tax == 20, order.total_discount_incl_tax
    print("The friend has saved 20.")

    operator.post(
        "dashboard:order-detail",
        order.number,
        data={"order_action": "change_order_status", "new_status": "Being processed"},
    )
    call_command(*cron_job)
    reward = Reward.objects.get(side="advocate")
    assert (reward.state, reward.amount) == (Reward.State.AVAILABLE, 1500), reward.state
    assert [sent for sent in mail.outbox if sent.to == ["advocate@example.com"]]
    print("The advocate has a voucher and a mail.")

    member.add(product("50.00"))
    member.post("referrals:use-reward", reward.pk)
    assert member.order().total_discount_incl_tax == 15
    reward.refresh_from_db()
    assert reward.state == Reward.State.REDEEMED
    assert audit() == []
    print("The advocate has used the reward.")


def form_words(page: object) -> list[str]:
    """The names of the fields for the shop's own words."""
    return [words["text"].html_name for words in page.context["form"].words]


if __name__ == "__main__":
    main(sys.argv[1:])
