"""Why something was granted, held, limited or refused: stable codes, and the words for them.

A code is stored with decisions and rewards and never renamed. What a shopper reads says what to
do, where there is something to do; what staff read names the case.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_noop as _

from oscar_referrals.money import currency_name, format_day, format_money, format_percentage

# A code that is typed or claimed.
UNKNOWN_CODE = "unknown-code"
OWN_CODE = "own-code"
EXISTING_CUSTOMER = "existing-customer"
NOT_AVAILABLE = "not-available"
BELOW_MINIMUM = "below-minimum"
NO_ELIGIBLE_PRODUCTS = "no-eligible-products"
CURRENCY_NOT_OFFERED = "currency-not-offered"
NOT_STARTED = "not-started"
PAUSED = "paused"
ENDED = "ended"
STOPPED = "stopped"
CLAIM_EXPIRED = "claim-expired"
BETTER_OFFER = "better-offer"
FREE_SHIPPING_ALREADY = "free-shipping-already"
ALREADY_REFERRED = "already-referred"
ALREADY_IN_BASKET = "already-in-basket"
ANOTHER_CODE_IN_BASKET = "another-code-in-basket"
TOO_MANY_TRIES = "too-many-tries"
NO_DISCOUNT = "no-discount"
# Which of several invitations counts: why the chosen one does.
ONLY_INVITATION = "only-invitation"
HIGHEST_RANK = "highest-rank"
LAST_OF_RANK = "last-of-rank"
FIRST_OF_RANK = "first-of-rank"
SHOWN_AT_TILL = "shown-at-till"
# And why another does not.
OUTRANKED = "outranked"
NEWER_COUNTS = "newer-counts"
OLDER_COUNTS = "older-counts"
SAME_MOMENT = "same-moment"
SAME_ADVOCATE = "same-advocate"
OTHER_SHOWN = "other-shown"
LINK_EXPIRED = "link-expired"
CODE_BLOCKED = "code-blocked"
AFTER_ORDER = "after-order"
TAKEN_OUT = "taken-out"
NOT_USED = "not-used"
# A reward that is spent.
NOT_YOURS = "not-yours"
REWARD_NOT_AVAILABLE = "reward-not-available"
REWARD_IN_PAYMENT = "reward-in-payment"
REWARD_EXPIRED = "reward-expired"
SPENT = "spent"
SPENT_TWICE = "spent-twice"
EXPIRED = "expired"
# The order behind a referral.
FIRST_ORDER = "first-order"
ORDER_UNPAID = "order-unpaid"
PAID = "paid"
HOLD = "hold"
TERMS_NOT_ACCEPTED = "terms-not-accepted"
ORDER_CANCELLED = "order-cancelled"
ORDER_REFUNDED = "order-refunded"
ORDER_DELETED = "order-deleted"
NO_PAYMENT_FACTS = "no-payment-facts"
ORDER_NOT_SHIPPED = "order-not-shipped"
ORDER_NOT_DELIVERED = "order-not-delivered"
NO_SHIPPING_FACTS = "no-shipping-facts"
ACCOUNT_ERASED = "account-erased"
RESTORED = "restored"
# What else earns a reward.
SIGNED_UP = "signed-up"
FRIEND_LEFT = "friend-left"
GOAL_REACHED = "goal-reached"
GOAL_MISSED = "goal-missed"
NO_ACCOUNT = "no-account"
SETTLED_LATE = "settled-late"
RELEASED_BY_STAFF = "released-by-staff"
FREED = "freed-from-payment"
PARTLY_REFUNDED = "partly-refunded"
REFUNDED_BELOW_MINIMUM = "refunded-below-minimum"
SET_OFF = "set-off"
ADJUSTED = "adjusted"
GIVEN_BY_STAFF = "given-by-staff"
# Which of several alternatives.
PREFERRED = "preferred"
NAMED_FIRST = "named-first"
KIND_GONE = "kind-gone"
EXTENDED = "extended"
# More than the version gives at most.
CAP_REACHED = "cap-reached"
BUDGET_SPENT = "budget-spent"
BUDGET_ALERT = "budget-alert"
TRIED_AGAIN = "tried-again"
# The offer is taken, and nothing is left to give.
OFFER_USED_UP = "offer-used-up"
# Credit at the till.
CREDIT_SHORT = "credit-short"
# Staff decide about the credit for an order.
ASSIGNED = "assigned-by-staff"
REASSIGNED = "credited-elsewhere"
ASSIGN_REQUESTED = "assign-requested"
ASSIGN_REFUSED = "assign-refused"
MERGED = "merged"
# An advocate's own code.
CODE_TAKEN = "code-taken"
CODE_NOT_ALLOWED = "code-not-allowed"
TOO_MANY_CODES = "too-many-codes"
CODE_REPLACED = "code-replaced"
# The name on the leaderboard.
ALIAS_NOT_ALLOWED = "alias-not-allowed"
ALIAS_TAKEN = "alias-taken"
# Joining.
SIGN_IN_FIRST = "sign-in-first"
ORDER_FIRST = "order-first"
TERMS_MISSING = "terms-missing"
TERMS_CHANGED = "terms-changed"

_SHOPPER: dict[str, str] = {
    UNKNOWN_CODE: _("We don't know this code. Please check it and try again."),
    OWN_CODE: _("This is your own code. It is meant for your friends."),
    EXISTING_CUSTOMER: _("This code is for new customers, and you have ordered here before."),
    NOT_AVAILABLE: _("This code is not available for this order."),
    BELOW_MINIMUM: _("The goods in your basket don't reach the minimum for this discount yet."),
    NO_ELIGIBLE_PRODUCTS: _("The discount doesn't apply to anything in your basket yet."),
    CURRENCY_NOT_OFFERED: _("The discount isn't available in the currency of this order."),
    NOT_STARTED: _("This offer has not started yet."),
    PAUSED: _("This offer is paused at the moment."),
    ENDED: _("This offer has ended."),
    STOPPED: _("This offer is no longer available."),
    CLAIM_EXPIRED: _("The time to use this discount is over."),
    BETTER_OFFER: _("Another offer saves you more, so it applies instead of this one."),
    FREE_SHIPPING_ALREADY: _(
        "Delivery of this order is free already, so there is nothing to take off."
    ),
    ALREADY_REFERRED: _("You have already used a friend's code."),
    ALREADY_IN_BASKET: _("This code is already in your basket."),
    ANOTHER_CODE_IN_BASKET: _(
        "There is a friend's code in your basket already, and only one can be used. "
        "Remove it to use this one."
    ),
    NO_DISCOUNT: _("This code gives no discount on this order."),
    ONLY_INVITATION: _("It was the only invitation."),
    HIGHEST_RANK: _("It counts more than the other invitations, by the order in the terms."),
    LAST_OF_RANK: _("It was the last one, and in this program the last invitation counts."),
    FIRST_OF_RANK: _("It was the first one, and in this program the first invitation counts."),
    SHOWN_AT_TILL: _("Its discount was shown before payment and given with the order."),
    OUTRANKED: _("An invitation that counts more, by the order in the terms, was there too."),
    NEWER_COUNTS: _("There was a later invitation, and in this program the last one counts."),
    OLDER_COUNTS: _("There was an earlier invitation, and in this program the first one counts."),
    SAME_MOMENT: _("Another invitation came in the same moment, and only one can count."),
    SAME_ADVOCATE: _("It came from the same friend as the invitation that counts."),
    OTHER_SHOWN: _("The order was placed with the discount of another invitation."),
    LINK_EXPIRED: _("The link was opened too long before the order."),
    CODE_BLOCKED: _("This code is not available for this order."),
    AFTER_ORDER: _("It came after the order."),
    TAKEN_OUT: _("It was taken out of the basket."),
    NOT_USED: _("Its code was not in the basket."),
    NOT_YOURS: _("This reward can only be used by the person it was given to, signed in."),
    REWARD_NOT_AVAILABLE: _("This reward can't be used."),
    REWARD_IN_PAYMENT: _(
        "This reward is in another basket of yours that is being paid for. "
        "Finish or cancel that payment first."
    ),
    REWARD_EXPIRED: _("This reward has expired."),
    SPENT: _("This reward has been used."),
    SPENT_TWICE: _("This reward has been used."),
    EXPIRED: _("This reward has expired."),
    FIRST_ORDER: _("Your friend has placed an order."),
    ORDER_UNPAID: _("Your friend's order has not been paid yet."),
    PAID: _("Your friend's order has been paid."),
    HOLD: _("Your friend's order has been paid. The waiting period is running."),
    TERMS_NOT_ACCEPTED: _("Join the program to receive this reward."),
    ORDER_CANCELLED: _("The order was cancelled."),
    ORDER_REFUNDED: _("The order was refunded."),
    ORDER_DELETED: _("The order no longer exists."),
    NO_PAYMENT_FACTS: _("Your friend's order has not been paid yet."),
    ORDER_NOT_SHIPPED: _("Your friend's order has been paid and waits to be shipped."),
    ORDER_NOT_DELIVERED: _("Your friend's order has been paid and has not been delivered yet."),
    NO_SHIPPING_FACTS: _("Your friend's order has been paid and has not been delivered yet."),
    ACCOUNT_ERASED: _("The account no longer exists."),
    SIGNED_UP: _("Your friend has registered."),
    FRIEND_LEFT: _("The friend's account no longer exists."),
    GOAL_REACHED: _("You have reached the number of successful referrals."),
    GOAL_MISSED: _("The number of successful referrals is no longer reached."),
    NO_ACCOUNT: _("Register with the e-mail address of your order to receive this reward."),
    RESTORED: _("The order you used this reward for was undone, so the reward is yours again."),
    SETTLED_LATE: _("The reward was settled later than usual."),
    RELEASED_BY_STAFF: _("The shop has decided about this case."),
    FREED: _("The payment it was used in was not finished, so you can use the reward again."),
    PARTLY_REFUNDED: _("A part of the order was refunded."),
    REFUNDED_BELOW_MINIMUM: _("After a refund the order was below its minimum."),
    SET_OFF: _("It was set off against an earlier reward that had been used and was taken back."),
    ADJUSTED: _("The shop has adjusted this reward."),
    GIVEN_BY_STAFF: _("The shop has given you this reward."),
    PREFERRED: _("It is the reward that you have chosen."),
    NAMED_FIRST: _("It is the reward that is given where nobody has chosen."),
    KIND_GONE: _("The shop no longer gives the reward that you have chosen."),
    EXTENDED: _("The shop has given you more time to use this reward."),
    CAP_REACHED: _("The most that one person can earn in this time was reached."),
    BUDGET_SPENT: _("The budget of the program was used up."),
    OFFER_USED_UP: _("This offer is used up: no more discounts are given at the moment."),
    CREDIT_SHORT: _("You don't have that much credit any more. Please look at the amount again."),
    MERGED: _("Two accounts were joined into one."),
    ASSIGNED: _("The shop has credited this order to you."),
    REASSIGNED: _("The shop has credited this order to somebody else."),
    ASSIGN_REQUESTED: _("The shop is looking at this case."),
    ASSIGN_REFUSED: _("The shop has decided about this case."),
    CODE_TAKEN: _("This code is not available. Please choose another one."),
    CODE_NOT_ALLOWED: _(
        "Please choose 5 to 20 letters and digits, with one letter at least. Some words and "
        "patterns can't be used."
    ),
    TOO_MANY_CODES: _("You have chosen a code of your own as often as that is possible."),
    ALIAS_NOT_ALLOWED: _(
        "Please choose a name of 3 to 30 letters, digits and spaces. Some words can't be used."
    ),
    ALIAS_TAKEN: _("Somebody has this name already. Please choose another one."),
    SIGN_IN_FIRST: _("Sign in to join."),
    ORDER_FIRST: _("You can join once you have placed an order."),
    TERMS_MISSING: _("The terms aren't available in your language. Please choose another one."),
    TERMS_CHANGED: _("The terms have just changed. Please read them again before you join."),
}

_STAFF: dict[str, Any] = {
    UNKNOWN_CODE: gettext_lazy("No usable code: unknown or blocked"),
    OWN_CODE: gettext_lazy("The friend is the advocate"),
    EXISTING_CUSTOMER: gettext_lazy("The friend has ordered before"),
    NOT_AVAILABLE: gettext_lazy("Not available to a guest, who is not told why"),
    BELOW_MINIMUM: gettext_lazy("The goods stayed below the minimum spend"),
    NO_ELIGIBLE_PRODUCTS: gettext_lazy("No product in the basket counts"),
    CURRENCY_NOT_OFFERED: gettext_lazy("Nothing is offered in this currency"),
    NOT_STARTED: gettext_lazy("The program had not started"),
    PAUSED: gettext_lazy("The program was paused"),
    ENDED: gettext_lazy("The program had ended"),
    STOPPED: gettext_lazy("The program was stopped"),
    CLAIM_EXPIRED: gettext_lazy("The claim had expired"),
    BETTER_OFFER: gettext_lazy("Another offer saved more and stayed"),
    FREE_SHIPPING_ALREADY: gettext_lazy("Delivery was free without it"),
    ALREADY_REFERRED: gettext_lazy("The friend has been credited to an advocate already"),
    ALREADY_IN_BASKET: gettext_lazy("The code was in the basket already"),
    ANOTHER_CODE_IN_BASKET: gettext_lazy("Another friend's code was in the basket"),
    TOO_MANY_TRIES: gettext_lazy("Too many codes were tried"),
    NO_DISCOUNT: gettext_lazy("The order got no discount from the code"),
    ONLY_INVITATION: gettext_lazy("The only invitation that could count"),
    HIGHEST_RANK: gettext_lazy("Its way counts most"),
    LAST_OF_RANK: gettext_lazy("The last of those that count most"),
    FIRST_OF_RANK: gettext_lazy("The first of those that count most"),
    SHOWN_AT_TILL: gettext_lazy("Its discount was shown and charged"),
    OUTRANKED: gettext_lazy("Rejected by precedence: the way of another counts more"),
    NEWER_COUNTS: gettext_lazy("Rejected: a later one counts in this program"),
    OLDER_COUNTS: gettext_lazy("Rejected: an earlier one counts in this program"),
    SAME_MOMENT: gettext_lazy("Rejected: another came in the same moment, and its code is first"),
    SAME_ADVOCATE: gettext_lazy("The same advocate, by another way that counts"),
    OTHER_SHOWN: gettext_lazy("Rejected: the till had shown another one's discount"),
    LINK_EXPIRED: gettext_lazy("The link had been opened too long before"),
    CODE_BLOCKED: gettext_lazy("The code was blocked"),
    AFTER_ORDER: gettext_lazy("It came after the order"),
    TAKEN_OUT: gettext_lazy("The shopper had taken it out of the basket"),
    NOT_USED: gettext_lazy("It could have counted, but its code was not in the basket"),
    NOT_YOURS: gettext_lazy("The reward belongs to somebody else"),
    REWARD_NOT_AVAILABLE: gettext_lazy("The reward could not be used"),
    REWARD_IN_PAYMENT: gettext_lazy("The reward was in a basket that is being paid for"),
    REWARD_EXPIRED: gettext_lazy("The reward had expired"),
    SPENT: gettext_lazy("Spent"),
    SPENT_TWICE: gettext_lazy("Given a second time, and booked as a loss"),
    EXPIRED: gettext_lazy("Expired unused"),
    FIRST_ORDER: gettext_lazy("The friend's first order"),
    ORDER_UNPAID: gettext_lazy("The order is not paid"),
    PAID: gettext_lazy("The order is paid"),
    HOLD: gettext_lazy("Paid; the hold is running"),
    TERMS_NOT_ACCEPTED: gettext_lazy("The advocate has not joined under the terms"),
    ORDER_CANCELLED: gettext_lazy("The order was cancelled"),
    ORDER_REFUNDED: gettext_lazy("The order was refunded in full"),
    ORDER_DELETED: gettext_lazy("The order was deleted before the reward was due"),
    NO_PAYMENT_FACTS: gettext_lazy("Nothing in the shop says whether the order is paid"),
    ORDER_NOT_SHIPPED: gettext_lazy("Paid, and not shipped as a whole yet"),
    ORDER_NOT_DELIVERED: gettext_lazy("Paid, and not delivered as a whole yet"),
    NO_SHIPPING_FACTS: gettext_lazy("Paid; nothing in the shop says whether it was sent"),
    ACCOUNT_ERASED: gettext_lazy("The advocate's account was deleted"),
    SIGNED_UP: gettext_lazy("The friend has registered"),
    FRIEND_LEFT: gettext_lazy("The friend's account was deleted before the reward was due"),
    GOAL_REACHED: gettext_lazy("The number of successful referrals is reached"),
    GOAL_MISSED: gettext_lazy("The number of successful referrals is no longer reached"),
    NO_ACCOUNT: gettext_lazy("The friend ordered as a guest and has no account yet"),
    RESTORED: gettext_lazy("Given back: the order it was spent with was undone"),
    SETTLED_LATE: gettext_lazy("Settled late, by the periodic work"),
    RELEASED_BY_STAFF: gettext_lazy("Decided by staff"),
    FREED: gettext_lazy("Freed from a basket whose payment was not finished"),
    PARTLY_REFUNDED: gettext_lazy("Reduced after a partial refund"),
    REFUNDED_BELOW_MINIMUM: gettext_lazy("A refund took the order below its minimum"),
    SET_OFF: gettext_lazy("Set off against the clawback of an earlier reward"),
    ADJUSTED: gettext_lazy("Adjusted by staff"),
    GIVEN_BY_STAFF: gettext_lazy("Given by staff"),
    PREFERRED: gettext_lazy("Preferred by the advocate"),
    NAMED_FIRST: gettext_lazy("Named first, and nobody has chosen"),
    KIND_GONE: gettext_lazy("The kind of what would come first is not known to the shop any more"),
    EXTENDED: gettext_lazy("Validity extended by staff"),
    CAP_REACHED: gettext_lazy("Limited: the cap for one person is reached"),
    BUDGET_SPENT: gettext_lazy("Limited: the budget of the program is used up"),
    BUDGET_ALERT: gettext_lazy("Four fifths of the budget are given or promised"),
    TRIED_AGAIN: gettext_lazy("Asked once more by staff whether it fits the limits"),
    OFFER_USED_UP: gettext_lazy("The budget has nothing left for the discount"),
    CREDIT_SHORT: gettext_lazy("Not enough credit left"),
    MERGED: gettext_lazy("Merged with another account of the same person"),
    ASSIGNED: gettext_lazy("Credited by hand"),
    REASSIGNED: gettext_lazy("Staff credited the order to somebody else"),
    ASSIGN_REQUESTED: gettext_lazy("Asked for by hand; a second person has to agree"),
    ASSIGN_REFUSED: gettext_lazy("What was asked for by hand was refused"),
    CODE_TAKEN: gettext_lazy("The code exists already"),
    CODE_NOT_ALLOWED: gettext_lazy("The code can't be chosen"),
    TOO_MANY_CODES: gettext_lazy("Too many codes were chosen"),
    CODE_REPLACED: gettext_lazy("The code was replaced by another one"),
    ALIAS_NOT_ALLOWED: gettext_lazy("The name can't be chosen"),
    ALIAS_TAKEN: gettext_lazy("Somebody has the name already"),
    SIGN_IN_FIRST: gettext_lazy("Not signed in"),
    ORDER_FIRST: gettext_lazy("Has not ordered yet"),
    TERMS_MISSING: gettext_lazy("No terms in the person's language"),
    TERMS_CHANGED: gettext_lazy("The terms changed while they were being read"),
}


def shopper_text(reason: str, **params: Any) -> str:
    """The sentence a shopper reads, in the active language.

    ``params`` make it more precise where they are given: see the functions below. An unknown
    reason gets the neutral sentence, for a message must never be what breaks a basket.
    """
    precise = _PRECISE.get(reason)
    text = precise(params) if precise else ""
    return text or gettext(_SHOPPER.get(reason, _SHOPPER[NOT_AVAILABLE]))


def staff_text(reason: str) -> str:
    """The case in a few words for staff; the code itself where a shop has added one of its own."""
    return str(_STAFF.get(reason, reason))


def _below_minimum(params: dict[str, Any]) -> str:
    """``missing`` and ``value`` in minor units of ``currency``, or ``percent`` for ``value``."""
    if "missing" not in params:
        return ""
    missing = format_money(params["missing"], params["currency"])
    value = _value(params)
    if value:
        return gettext("Add %(missing)s more to get %(value)s off.") % {
            "missing": missing,
            "value": value,
        }
    return gettext("Add %(missing)s more to use this discount.") % {"missing": missing}


def _value(params: dict[str, Any]) -> str:
    value = params.get("value")
    if params.get("percent") is not None:
        return format_percentage(Decimal(str(params["percent"])))
    return format_money(value, params["currency"]) if isinstance(value, int) else str(value or "")


def _no_eligible_products(params: dict[str, Any]) -> str:
    """``range``: the name of the products that count."""
    if not params.get("range"):
        return ""
    return gettext("The discount applies to these products only: %(range)s.") % {
        "range": params["range"]
    }


def _currency_not_offered(params: dict[str, Any]) -> str:
    """``currency``: that of the basket."""
    if not params.get("currency"):
        return ""
    return gettext("The discount isn't available for orders in %(currency)s.") % {
        "currency": currency_name(params["currency"])
    }


def _not_started(params: dict[str, Any]) -> str:
    """``starts_at``: when the program starts."""
    starts_at = params.get("starts_at")
    if not isinstance(starts_at, datetime):
        return ""
    return gettext("This offer starts on %(day)s.") % {"day": format_day(starts_at)}


def _better_offer(params: dict[str, Any]) -> str:
    """``rival``: the other offer's name; ``delivery``: it is about the delivery charge."""
    if not params.get("rival"):
        return ""
    if params.get("delivery"):
        return gettext(
            "“%(rival)s” takes at least as much off the delivery charge, so it applies instead of "
            "this discount."
        ) % {"rival": params["rival"]}
    return gettext("“%(rival)s” saves you more, so it applies instead of this discount.") % {
        "rival": params["rival"]
    }


def _already_referred(params: dict[str, Any]) -> str:
    """``registered``: through another friend, and not ordered yet."""
    if not params.get("registered"):
        return ""
    return gettext("You have registered through another friend, so only that friend's code counts.")


def _outranked(params: dict[str, Any]) -> str:
    """``stays``: the other friend's code stays in the shopper's hands."""
    if not params.get("stays"):
        return ""
    return gettext(
        "You have a friend's invitation that counts more than this one, so that one stays. If you "
        "want to use this code all the same, take the other one out of your basket first."
    )


def _older_counts(params: dict[str, Any]) -> str:
    """``stays``: the other friend's code stays in the shopper's hands."""
    if not params.get("stays"):
        return ""
    return gettext(
        "The first friend's invitation counts here, so the one that you have stays. If you want to "
        "use this code all the same, take the other one out of your basket first."
    )


def _too_many_tries(params: dict[str, Any]) -> str:
    """``minutes``: how long to wait."""
    minutes = int(params.get("minutes") or 1)
    return ngettext(
        "Too many codes were tried. Please wait %(minutes)d minute and try again.",
        "Too many codes were tried. Please wait %(minutes)d minutes and try again.",
        minutes,
    ) % {"minutes": minutes}


_PRECISE: dict[str, Callable[[dict[str, Any]], str]] = {
    BELOW_MINIMUM: _below_minimum,
    NO_ELIGIBLE_PRODUCTS: _no_eligible_products,
    CURRENCY_NOT_OFFERED: _currency_not_offered,
    NOT_STARTED: _not_started,
    BETTER_OFFER: _better_offer,
    ALREADY_REFERRED: _already_referred,
    OUTRANKED: _outranked,
    OLDER_COUNTS: _older_counts,
    TOO_MANY_TRIES: _too_many_tries,
}
