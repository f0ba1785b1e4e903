"""The programs that the sentences of the corpus speak of: figures alone, no database.

Amounts are in major units, durations in days; what each figure is stands beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

PROGRAMS: dict[str, dict[str, Any]] = {
    # A shop in Malaysia that gives fixed amounts.
    "rimba": {
        "amounts": {
            # friend, its minimum, advocate, its minimum, cap per year, budget
            "MYR": ["20", "80", "15", "50", "300", "20000"],
        },
        "percentages": [],
        # hold, claim, link, validity, wind-down
        "days": [14, 30, 60, 90, 45],
        # of the limits
        "periods": [30, 365],
        "counts": [10],
        "dates": [date(2027, 1, 1), date(2027, 12, 31)],
        "roles": {
            "friend": ["MYR 20"],
            "advocate": ["MYR 15"],
            "minimum": ["MYR 80"],
            "own_minimum": ["MYR 50"],
            "limit": ["MYR 300", "MYR 20000"],
            "hold": [14],
            "window": [30, 60],
            "validity": [90],
            "wind_down": [45],
        },
        "limits": [10],
        "ends": True,
        "gains": ["friend discount MYR 20 80", "advocate voucher MYR 15 50"],
    },
    # A coffee roaster in Indonesia: a percentage for friends, store credit for advocates.
    "kopi": {
        "amounts": {
            # maximum, minimum, credit, credit from the fifth referral on, cap per year, budget
            "IDR": ["50000", "200000", "25000", "40000", "1500000", "75000000"],
        },
        "percentages": ["10"],
        # hold, claim, link, credit, wind-down
        "days": [7, 21, 28, 180, 30],
        "periods": [30, 365],
        # the tier; rewards in 30 days
        "counts": [5, 3],
        "dates": [date(2026, 8, 17), date(2027, 6, 30)],
        "roles": {
            "friend": ["10%"],
            "maximum": ["IDR 50000"],
            "minimum": ["IDR 200000"],
            "advocate": ["IDR 25000", "IDR 40000"],
            "limit": ["IDR 1500000", "IDR 75000000"],
            "hold": [7],
            "window": [21, 28],
            "validity": [180],
            "wind_down": [30],
        },
        "limits": [3],
        "ends": True,
        "gains": [
            *("friend discount IDR 10% 200000 50000", "advocate credit IDR 25000"),
            "advocate credit IDR 40000",
        ],
    },
    # A shop in Britain with tiers, milestones and no end.
    "brook": {
        "amounts": {
            # maximum, minimum, advocate, milestone, every third, budget
            "GBP": ["30", "60", "10", "50", "5", "1500"],
        },
        "percentages": ["15", "12.5"],
        # hold, claim, link, validity, wind-down
        "days": [28, 14, 90, 365, 60],
        "periods": [1],
        # milestone, every third, rewards in 24 hours, the tier
        "counts": [12, 3, 4, 6],
        "dates": [date(2027, 3, 1)],
        "roles": {
            "friend": ["15%", "12.5%"],
            "maximum": ["GBP 30"],
            "minimum": ["GBP 60"],
            "advocate": ["GBP 10", "GBP 50", "GBP 5"],
            "limit": ["GBP 1500"],
            "hold": [28],
            "window": [14, 90],
            "validity": [365],
            "wind_down": [60],
        },
        "limits": [4],
        "ends": False,
        "gains": [
            *("friend discount GBP 15% 60 30", "friend discount GBP 12.5% 60 30"),
            "advocate voucher GBP 10",
        ],
    },
    # Two currencies, no limits, no dates.
    "duo": {
        "amounts": {"MYR": ["25", "100"], "SGD": ["8", "30"]},
        "percentages": [],
        # hold, claim and link, validity, wind-down
        "days": [21, 45, 120, 15],
        "periods": [],
        "counts": [],
        "dates": [],
        "roles": {
            "friend": ["MYR 25", "SGD 8"],
            "advocate": ["MYR 25", "SGD 8"],
            "minimum": ["MYR 100", "SGD 30"],
            "hold": [21],
            "window": [45],
            "validity": [120],
            "wind_down": [15],
        },
        "limits": [],
        "ends": False,
        "gains": [
            *("friend discount MYR 25 100", "friend discount SGD 8 30"),
            *("advocate voucher MYR 25", "advocate voucher SGD 8"),
        ],
    },
    # Store credit for advocates, from October to December.
    "lampu": {
        "amounts": {"MYR": ["20", "80", "15", "5000"]},
        "percentages": [],
        # hold, validity, claim and link; the whole run
        "days": [14, 180, 30, 92],
        "periods": [30],
        "counts": [10],
        "dates": [date(2026, 10, 1), date(2026, 12, 31)],
        "roles": {
            "friend": ["MYR 20"],
            "minimum": ["MYR 80"],
            "advocate": ["MYR 15"],
            "limit": ["MYR 5000"],
            "hold": [14],
            "validity": [180],
            "window": [30],
        },
        "limits": [10],
        "ends": True,
        "gains": ["friend discount MYR 20 80", "advocate credit MYR 15"],
    },
    # A minimum for each side, and no end.
    "batik": {
        "amounts": {"IDR": ["50000", "150000", "25000", "100000"]},
        "percentages": ["10"],
        "days": [90, 30, 60],
        "periods": [365],
        "counts": [5],
        "dates": [],
        "roles": {
            "friend": ["10%"],
            "maximum": ["IDR 50000"],
            "minimum": ["IDR 150000"],
            "own_minimum": ["IDR 100000"],
            "advocate": ["IDR 25000"],
            "validity": [90],
            "hold": [30],
            "window": [60],
        },
        "limits": [5],
        "ends": False,
        "gains": [
            *("friend discount IDR 10% 150000 50000", "advocate voucher IDR 25000"),
        ],
    },
    # A fixed amount for friends, a share of the order for advocates, a milestone, a wind-down.
    "lilin": {
        "amounts": {"GBP": ["10", "40", "25", "50"]},
        "percentages": ["5"],
        "days": [21, 30],
        "periods": [],
        "counts": [5],
        "dates": [date(2027, 6, 30)],
        "late_dates": [date(2027, 7, 30)],
        "roles": {
            "friend": ["GBP 10"],
            "minimum": ["GBP 40"],
            "advocate": ["5%", "GBP 50"],
            "maximum": ["GBP 25"],
            "hold": [21],
            "wind_down": [30],
        },
        "limits": [],
        "ends": True,
        "gains": ["friend discount GBP 10 40", "advocate credit GBP 5% 0 25"],
    },
}
