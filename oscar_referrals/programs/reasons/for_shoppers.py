"""What a shopper reads: what to do, where there is something to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from oscar_referrals.programs import reasons as codes
from oscar_referrals.programs.reasons import with_figures

_SHOPPER: dict[str, str] = {
    codes.UNKNOWN_CODE: _("We don't know this code. Please check it and try again."),
    codes.OWN_CODE: _("This is your own code. It is meant for your friends."),
    codes.EXISTING_CUSTOMER: _("This code is for new customers, and you have ordered here before."),
    codes.NOT_AVAILABLE: _("This code is not available for this order."),
    codes.BELOW_MINIMUM: _(
        "The goods in your basket don't reach the minimum for this discount yet."
    ),
    codes.NO_ELIGIBLE_PRODUCTS: _("The discount doesn't apply to anything in your basket yet."),
    codes.CURRENCY_NOT_OFFERED: _("The discount isn't available in the currency of this order."),
    codes.NOT_STARTED: _("This offer has not started yet."),
    codes.PAUSED: _("This offer is paused at the moment."),
    codes.ENDED: _("This offer has ended."),
    codes.STOPPED: _("This offer is no longer available."),
    codes.CLAIM_EXPIRED: _("The time to use this discount is over."),
    codes.BETTER_OFFER: _("Another offer saves you more, so it applies instead of this one."),
    codes.FREE_SHIPPING_ALREADY: _(
        "Delivery of this order is free already, so there is nothing to take off."
    ),
    codes.ALREADY_REFERRED: _("You have already used a friend's code."),
    codes.ALREADY_IN_BASKET: _("This code is already in your basket."),
    codes.ANOTHER_CODE_IN_BASKET: _(
        "There is a friend's code in your basket already, and only one can be used. "
        "Remove it to use this one."
    ),
    codes.NO_DISCOUNT: _("This code gives no discount on this order."),
    codes.ONLY_INVITATION: _("It was the only invitation."),
    codes.HIGHEST_RANK: _("It counts more than the other invitations, by the order in the terms."),
    codes.LAST_OF_RANK: _("It was the last one, and in this program the last invitation counts."),
    codes.FIRST_OF_RANK: _(
        "It was the first one, and in this program the first invitation counts."
    ),
    codes.SHOWN_AT_TILL: _("Its discount was shown before payment and given with the order."),
    codes.OUTRANKED: _("An invitation that counts more, by the order in the terms, was there too."),
    codes.NEWER_COUNTS: _("There was a later invitation, and in this program the last one counts."),
    codes.OLDER_COUNTS: _(
        "There was an earlier invitation, and in this program the first one counts."
    ),
    codes.SAME_MOMENT: _("Another invitation came in the same moment, and only one can count."),
    codes.SAME_ADVOCATE: _("It came from the same friend as the invitation that counts."),
    codes.OTHER_SHOWN: _("The order was placed with the discount of another invitation."),
    codes.LINK_EXPIRED: _("The link was opened too long before the order."),
    codes.CODE_BLOCKED: _("This code is not available for this order."),
    codes.AFTER_ORDER: _("It came after the order."),
    codes.TAKEN_OUT: _("It was taken out of the basket."),
    codes.NOT_USED: _("Its code was not in the basket."),
    codes.NOT_YOURS: _("This reward can only be used by the person it was given to, signed in."),
    codes.REWARD_NOT_AVAILABLE: _("This reward can't be used."),
    codes.REWARD_IN_PAYMENT: _(
        "This reward is in another basket of yours that is being paid for. "
        "Finish or cancel that payment first."
    ),
    codes.REWARD_EXPIRED: _("This reward has expired."),
    codes.SPENT: _("This reward has been used."),
    codes.SPENT_TWICE: _("This reward has been used."),
    codes.EXPIRED: _("This reward has expired."),
    codes.FIRST_ORDER: _("Your friend has placed an order."),
    codes.ORDER_UNPAID: _("Your friend's order has not been paid yet."),
    codes.PAID: _("Your friend's order has been paid."),
    codes.HOLD: _("Your friend's order has been paid. The waiting period is running."),
    codes.TERMS_NOT_ACCEPTED: _("Join the program to receive this reward."),
    codes.ORDER_CANCELLED: _("The order was cancelled."),
    codes.ORDER_REFUNDED: _("The order was refunded."),
    codes.ORDER_DELETED: _("The order no longer exists."),
    codes.NO_PAYMENT_FACTS: _("Your friend's order has not been paid yet."),
    codes.ORDER_NOT_SHIPPED: _("Your friend's order has been paid and waits to be shipped."),
    codes.ORDER_NOT_DELIVERED: _(
        "Your friend's order has been paid and has not been delivered yet."
    ),
    codes.NO_SHIPPING_FACTS: _("Your friend's order has been paid and has not been delivered yet."),
    codes.ACCOUNT_ERASED: _("The account no longer exists."),
    codes.SIGNED_UP: _("Your friend has registered."),
    codes.FRIEND_LEFT: _("The friend's account no longer exists."),
    codes.GOAL_REACHED: _("You have reached the number of successful referrals."),
    codes.GOAL_MISSED: _("The number of successful referrals is no longer reached."),
    codes.NO_ACCOUNT: _(
        "Register with the e-mail address of your order and confirm the address to receive this "
        "reward."
    ),
    codes.RESTORED: _(
        "The order you used this reward for was undone, so the reward is yours again."
    ),
    codes.SETTLED_LATE: _("The reward was settled later than usual."),
    codes.RELEASED_BY_STAFF: _("The shop has decided about this case."),
    codes.FREED: _("The payment it was used in was not finished, so you can use the reward again."),
    codes.PARTLY_REFUNDED: _("A part of the order was refunded."),
    codes.REFUNDED_BELOW_MINIMUM: _("After a refund the order was below its minimum."),
    codes.SET_OFF: _(
        "It was set off against an earlier reward that had been used and was taken back."
    ),
    codes.ADJUSTED: _("The shop has adjusted this reward."),
    codes.GIVEN_BY_STAFF: _("The shop has given you this reward."),
    codes.SETTLED_OUTSIDE: _("The shop has settled this reward with you directly."),
    codes.SETTLEMENT_ASKED: _("The shop is looking at this case."),
    codes.SETTLEMENT_REFUSED: _("The shop has decided about this case."),
    codes.PREFERRED: _("It is the reward that you have chosen."),
    codes.NAMED_FIRST: _("It is the reward that is given where nobody has chosen."),
    codes.KIND_GONE: _("The shop no longer gives the reward that you have chosen."),
    codes.EXTENDED: _("The shop has given you more time to use this reward."),
    codes.CAP_REACHED: _("The most that one person can earn in this time was reached."),
    codes.BUDGET_SPENT: _("The budget of the program was used up."),
    codes.OFFER_USED_UP: _("This offer is used up: no more discounts are given at the moment."),
    codes.CREDIT_SHORT: _(
        "You don't have that much credit any more. Please look at the amount again."
    ),
    codes.MERGED: _("Two accounts were joined into one."),
    codes.ASSIGNED: _("The shop has credited this order to you."),
    codes.REASSIGNED: _("The shop has credited this order to somebody else."),
    codes.ASSIGN_REQUESTED: _("The shop is looking at this case."),
    codes.ASSIGN_REFUSED: _("The shop has decided about this case."),
    codes.CODE_TAKEN: _("This code is not available. Please choose another one."),
    codes.CODE_NOT_ALLOWED: _(
        "Please choose 5 to 20 letters and digits, with one letter at least. Some words and "
        "patterns can't be used."
    ),
    codes.TOO_MANY_CODES: _("You have chosen a code of your own as often as that is possible."),
    codes.ALIAS_NOT_ALLOWED: _(
        "Please choose a name of 3 to 30 letters, digits and spaces. Some words can't be used."
    ),
    codes.ALIAS_TAKEN: _("Somebody has this name already. Please choose another one."),
    codes.SIGN_IN_FIRST: _("Sign in to join."),
    codes.ORDER_FIRST: _("You can join once you have placed an order."),
    codes.TERMS_MISSING: _(
        "The terms aren't available in your language. Please choose another one."
    ),
    codes.TERMS_CHANGED: _("The terms have just changed. Please read them again before you join."),
}

_PRECISE: dict[str, Callable[[dict[str, Any]], str]] = {
    codes.BELOW_MINIMUM: with_figures.below_minimum,
    codes.NO_ELIGIBLE_PRODUCTS: with_figures.no_eligible_products,
    codes.CURRENCY_NOT_OFFERED: with_figures.currency_not_offered,
    codes.NOT_STARTED: with_figures.not_started,
    codes.BETTER_OFFER: with_figures.better_offer,
    codes.ALREADY_REFERRED: with_figures.already_referred,
    codes.OUTRANKED: with_figures.outranked,
    codes.OLDER_COUNTS: with_figures.older_counts,
    codes.TOO_MANY_TRIES: with_figures.too_many_tries,
}


def text_of(reason: str, **params: Any) -> str:
    """See `reasons.shopper_text`."""
    precise = _PRECISE.get(reason)
    text = precise(params) if precise else ""
    return text or gettext(_SHOPPER.get(reason, _SHOPPER[codes.NOT_AVAILABLE]))
