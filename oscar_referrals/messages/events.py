"""What messages are about: the names of their events.

Oscar's communication events have the same names, in capitals.
"""

from __future__ import annotations

#: Somebody joined: the link to share, and what both sides get.
JOINED = "referral_joined"
#: Somebody accepted terms later than with the welcome: the receipt.
TERMS_ACCEPTED = "referral_terms_accepted"
#: The program has a new version, whose terms the person has not accepted: what it changes.
TERMS_CHANGED = "referral_terms_changed"
#: Somebody who joined has not shared yet, some days later.
SHARE_REMINDER = "referral_share_reminder"
#: A friend has taken the offer.
FRIEND_CLAIMED = "referral_friend_claimed"
#: A friend's order earns nothing: why.
REFERRAL_DECLINED = "referral_declined"
#: A friend has ordered: the reward is on its way, and what it waits for.
FRIEND_ORDERED = "referral_friend_ordered"
#: The reward can be spent: what it is worth, how and until when.
REWARD_AVAILABLE = "referral_reward_available"
#: The reward expires soon: what is left of it, how to use it and until when.
REWARD_EXPIRING = "referral_reward_expiring"
#: The reward will not come, or is taken back: why.
REWARD_WITHDRAWN = "referral_reward_withdrawn"
#: The friend has taken the offer: what they get, and until when.
FRIEND_WELCOME = "referral_friend_welcome"
#: The friend's code does not count for their order: why.
FRIEND_DECLINED = "referral_friend_declined"
#: Staff have decided about what a friend said after the order.
FRIEND_ANSWER = "referral_late_claim_decided"
#: The same as the advocate's, about what the friend earns. What came off their order is no news.
FRIEND_REWARD_EARNED = "referral_friend_reward_earned"
FRIEND_REWARD_AVAILABLE = "referral_friend_reward_available"
FRIEND_REWARD_EXPIRING = "referral_friend_reward_expiring"
FRIEND_REWARD_WITHDRAWN = "referral_friend_reward_withdrawn"
#: After the friend's first order that counted: thanks, help, and an invitation to recommend too.
FOLLOW_UP_THANKS = "referral_follow_up_thanks"
FOLLOW_UP_HELP = "referral_follow_up_help"
FOLLOW_UP_INVITE = "referral_follow_up_invite"

#: Which message tells the friend what another one tells the advocate.
TO_FRIEND = {
    FRIEND_ORDERED: FRIEND_REWARD_EARNED,
    REWARD_AVAILABLE: FRIEND_REWARD_AVAILABLE,
    REWARD_EXPIRING: FRIEND_REWARD_EXPIRING,
    REWARD_WITHDRAWN: FRIEND_REWARD_WITHDRAWN,
    REFERRAL_DECLINED: FRIEND_DECLINED,
}
#: Those that take back what another one announced.
WITHDRAWN = frozenset({REWARD_WITHDRAWN, FRIEND_REWARD_WITHDRAWN})
#: In the order of the setting ``FOLLOW_UP_DAYS``.
FOLLOW_UPS = (FOLLOW_UP_THANKS, FOLLOW_UP_HELP, FOLLOW_UP_INVITE)
