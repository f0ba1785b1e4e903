"""Five months of a shop, worked out by hand: 60 orders, 14 advocates, two currencies.

The program: the friend has 10 % off (RM 30 or ¥1,000 at most), the advocate gets 10 % of what the
friend pays as store credit, half-even to the cent or the yen, 14 days after the payment and for
90 days. What is refunded takes its share back. Three generations: Aini, Budi, Citra and Dewi
brought Eka to Joko, who brought Kartini to Nadia; all of them brought friends 1 to 30.

Times are UTC in 2026. London's clocks go forward on 29 March, while the holds of orders 28 and 31
run. Order 6 becomes available at 17:12 on 31 January: before the month ends there, and after it
has ended in Kuala Lumpur.

A line of a referred order in `orders.txt` ends with: promised, net after refunds, used, set off,
clawback, and the state at the end. A line of another order of an advocate ends with the credit
that paid for it, as "order that earned it:amount". For example:

 1  10 % of 72.00 is 7.20; a third of the order came back (24.00 of 72.00), which leaves 4.80.
 2  10 % of 108.45 is 10.845, and 10.84 half-even.
10  18.00 were spent with order 18 before order 10 was refunded: a clawback of 18.00.
26  7.99 became available on 22 March and pay 7.99 of that clawback. The other 10.01 are written
    off 180 days after the refund of 9 March, on 5 September.
25  38.00 × (380.00 − 126.67) / 380.00 = 25.333, so 25.33; all of it was spent with order 33.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

TABLE = Path(__file__).with_name("orders.txt").read_text(encoding="utf-8")

#: What the accounts hold when a day ends somewhere, in minor units. The friends' discounts stand
#: in "redeemed" until their orders are undone; the expense is what balances the rest.
CLOSING: list[tuple[str, datetime, dict[str, int]]] = [
    (
        "31 January, Kuala Lumpur",
        datetime(2026, 1, 31, 16, tzinfo=UTC),
        {
            "contra:redeemed JPY": 2600,
            "contra:redeemed MYR": 10012,
            "expense:reward JPY": 4673,
            "expense:reward MYR": 15811,
            "liability:available JPY": 720,
            "liability:available MYR": 857,
            "liability:pending JPY": 1353,
            "liability:pending MYR": 4942,
        },
    ),
    (
        "31 January, UTC",
        datetime(2026, 2, 1, tzinfo=UTC),
        {
            "contra:redeemed JPY": 2600,
            "contra:redeemed MYR": 10012,
            "expense:reward JPY": 4673,
            "expense:reward MYR": 15811,
            "liability:available JPY": 720,
            "liability:available MYR": 1656,
            "liability:pending JPY": 1353,
            "liability:pending MYR": 4143,
        },
    ),
    (
        "28 February, UTC",
        datetime(2026, 3, 1, tzinfo=UTC),
        {
            "contra:redeemed JPY": 3400,
            "contra:redeemed MYR": 19857,
            "expense:reward JPY": 6980,
            "expense:reward MYR": 30315,
            "liability:available JPY": 1440,
            "liability:available MYR": 5231,
            "liability:pending JPY": 2140,
            "liability:pending MYR": 5227,
        },
    ),
    (
        "31 March, London",
        datetime(2026, 3, 31, 23, tzinfo=UTC),
        {
            "contra:redeemed JPY": 4400,
            "contra:redeemed MYR": 29895,
            "expense:reward JPY": 9093,
            "expense:reward MYR": 42579,
            "liability:available JPY": 3340,
            "liability:available MYR": 7601,
            "liability:pending JPY": 1353,
            "liability:pending MYR": 6084,
            "receivable:clawback MYR": 1001,
        },
    ),
    (
        "30 April, UTC",
        datetime(2026, 5, 1, tzinfo=UTC),
        {
            "contra:redeemed JPY": 5200,
            "contra:redeemed MYR": 40222,
            "expense:reward JPY": 11400,
            "expense:reward MYR": 54346,
            "income:breakage JPY": 720,
            "income:breakage MYR": 643,
            "liability:available JPY": 3340,
            "liability:available MYR": 7599,
            "liability:pending JPY": 2140,
            "liability:pending MYR": 6883,
            "receivable:clawback MYR": 1001,
        },
    ),
    (
        "31 May, UTC",
        datetime(2026, 6, 1, tzinfo=UTC),
        {
            "contra:redeemed JPY": 5400,
            "contra:redeemed MYR": 44375,
            "expense:reward JPY": 11993,
            "expense:reward MYR": 61211,
            "income:breakage JPY": 1440,
            "income:breakage MYR": 1442,
            "liability:available JPY": 4520,
            "liability:available MYR": 10369,
            "liability:pending JPY": 633,
            "liability:pending MYR": 6883,
            "receivable:clawback MYR": 1858,
        },
    ),
    (
        "30 June, UTC",
        datetime(2026, 7, 1, tzinfo=UTC),
        {
            "contra:redeemed JPY": 4400,
            "contra:redeemed MYR": 43487,
            "expense:reward JPY": 10360,
            "expense:reward MYR": 59524,
            "income:breakage JPY": 3340,
            "income:breakage MYR": 3199,
            "liability:available JPY": 2620,
            "liability:available MYR": 7813,
            "liability:pending MYR": 6883,
            "receivable:clawback MYR": 1858,
        },
    ),
    (
        "30 September, UTC",
        datetime(2026, 10, 1, tzinfo=UTC),
        {
            "contra:redeemed JPY": 4400,
            "contra:redeemed MYR": 43487,
            "expense:reward JPY": 10360,
            "expense:reward MYR": 59524,
            "expense:write-off MYR": 1001,
            "income:breakage JPY": 5960,
            "income:breakage MYR": 11012,
            "liability:pending MYR": 6883,
            "receivable:clawback MYR": 857,
        },
    ),
]
