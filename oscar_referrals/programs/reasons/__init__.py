"""Why something was granted, held, limited or refused: stable codes, and the words for them.

The codes are stored with decisions and rewards, and never renamed. What a shopper reads says what
to do, where there is something to do; what staff read names the case.
"""

from __future__ import annotations

from typing import Any

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
SETTLED_OUTSIDE = "settled-outside"
SETTLEMENT_ASKED = "settlement-asked"
SETTLEMENT_REFUSED = "settlement-refused"
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


def shopper_text(reason: str, **params: Any) -> str:
    """The sentence a shopper reads, in the active language.

    ``params`` make it more precise where they are given: see `with_figures`. An unknown
    reason gets the neutral sentence, for a message must never be what breaks a basket.
    """
    # The words are named by the codes above, so they are loaded after them.
    from oscar_referrals.programs.reasons import for_shoppers

    return for_shoppers.text_of(reason, **params)


def staff_text(reason: str) -> str:
    """The case in a few words for staff; the code itself where a shop has added one of its own."""
    from oscar_referrals.programs.reasons import for_staff

    return for_staff.text_of(reason)
