"""What a shop adds to its own settings; needs no app to be loaded.

::

    from oscar_referrals.defaults import OSCAR_DASHBOARD_NAVIGATION as REFERRAL_NAVIGATION

    OSCAR_DASHBOARD_NAVIGATION = OSCAR_DASHBOARD_NAVIGATION + REFERRAL_NAVIGATION
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: The entries of Oscar's dashboard menu. Each vanishes for staff who may not open its page.
OSCAR_DASHBOARD_NAVIGATION = [
    {
        "label": _("Referrals"),
        "icon": "fas fa-user-friends",
        "children": [
            {
                "label": _("Programs"),
                "url_name": "oscar_referrals_dashboard:referrals-program-list",
            },
            {
                "label": _("Referrals"),
                "url_name": "oscar_referrals_dashboard:referrals-referral-list",
            },
            {
                "label": _("Search"),
                "url_name": "oscar_referrals_dashboard:referrals-search",
            },
            {
                "label": _("Credits by hand"),
                "url_name": "oscar_referrals_dashboard:referrals-assignment-list",
            },
            {
                "label": _("Rewards"),
                "url_name": "oscar_referrals_dashboard:referrals-reward-list",
            },
            {
                "label": _("Liability"),
                "url_name": "oscar_referrals_dashboard:referrals-liability",
            },
            {
                "label": _("Ledger"),
                "url_name": "oscar_referrals_dashboard:referrals-ledger-list",
            },
            {
                "label": _("Accounts"),
                "url_name": "oscar_referrals_dashboard:referrals-trial-balance",
            },
            {
                "label": _("Messages"),
                "url_name": "oscar_referrals_dashboard:referrals-message-list",
            },
            {
                "label": _("Leaderboard names"),
                "url_name": "oscar_referrals_dashboard:referrals-alias-list",
            },
            {
                "label": _("Report"),
                "url_name": "oscar_referrals_dashboard:referrals-report",
            },
            {
                "label": _("Report on sharing"),
                "url_name": "oscar_referrals_dashboard:referrals-ways",
            },
            {
                "label": _("Needs attention"),
                "url_name": "oscar_referrals_dashboard:referrals-attention",
            },
        ],
    },
]
