"""The report as tables, as a file and as data for its charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_skeleton
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.insight.funnel import Money, Row, total
from oscar_referrals.insight.periods import Granularity, Period
from oscar_referrals.money import babel_locale, currency_symbol, format_day, to_major
from oscar_referrals.rewards.models import Reward


@dataclass(frozen=True)
class Figures:
    """Rows of the funnel with what people read beside them."""

    period: Period
    step: Granularity
    rows: list[Row]

    @property
    def total(self) -> Row:
        """The whole period in one row."""
        return total(self.rows)

    @property
    def currencies(self) -> list[str]:
        """The currencies in which anything happened."""
        return sorted({currency for row in self.rows for currency in row.money})

    @property
    def is_empty(self) -> bool:
        """Nothing happened at all."""
        whole = self.total
        return not (whole.clicks or whole.claims or whole.orders or whole.earned or whole.money)

    def labelled(self) -> Iterator[tuple[str, Row]]:
        """Every row with the name of its step."""
        for row in self.rows:
            yield step_name(row.start, self.step), row

    def by_currency(self) -> list[tuple[str, list[tuple[str, Money]], Money]]:
        """Currency, its rows with the names of their steps, and the sum."""
        whole = self.total
        return [
            (
                currency,
                [(label, row.money.get(currency, Money())) for label, row in self.labelled()],
                whole.money[currency],
            )
            for currency in self.currencies
        ]

    def chart_data(self) -> dict[str, Any]:
        """What the charts draw: the same figures as the tables, nothing else."""
        return {
            "locale": get_language() or "en",
            "labels": [step_name(row.start, self.step, short=True) for row in self.rows],
            "funnel": [
                {"label": _("Link clicks"), "values": [row.clicks for row in self.rows]},
                {"label": _("Offers taken"), "values": [row.claims for row in self.rows]},
                {"label": _("Orders credited"), "values": [row.credited for row in self.rows]},
            ],
            "money": [
                {
                    "currency": currency,
                    "symbol": currency_symbol(currency),
                    "series": [
                        {
                            "label": label,
                            "values": [
                                float(to_major(getattr(money, name), currency))
                                for _step, money in rows
                            ],
                        }
                        for name, label in (
                            ("order_value", _("Order value")),
                            ("friend_discounts", _("Friends saved")),
                            ("rewards_spent", _("Advocates saved")),
                        )
                    ],
                }
                for currency, rows, _whole in self.by_currency()
            ],
        }

    def csv_rows(self) -> Iterator[list[Any]]:
        """The report as cells: a heading, then one row per step."""
        columns = [
            ("order_value", _("order value")),
            ("friend_discounts", _("friends saved")),
            ("losses", _("saved on orders without credit")),
            ("rewards_earned", _("fixed rewards earned")),
            ("rewards_spent", _("advocates saved")),
        ]
        yield [
            _("From"),
            _("Until"),
            _("Link clicks"),
            _("Offers taken"),
            _("Orders with a code"),
            *(str(state.label) for state in Referral.State),
            _("Rewards earned"),
            *(str(state.label) for state in Reward.State),
            *(f"{currency} {label}" for currency in self.currencies for _name, label in columns),
        ]
        for row in self.rows:
            first, last = self._days_of(row)
            yield [
                first.isoformat(),
                last.isoformat(),
                row.clicks,
                row.claims,
                row.orders,
                *(row.referrals[state] for state in Referral.State.values),
                row.earned,
                *(row.rewards[state] for state in Reward.State.values),
                *(
                    to_major(getattr(row.money.get(currency, Money()), name), currency)
                    for currency in self.currencies
                    for name, _label in columns
                ),
            ]

    def _days_of(self, row: Row) -> tuple[date, date]:
        last = self.step.next(row.start) - timedelta(days=1)
        return max(row.start, self.period.start), min(last, self.period.end)


def step_name(first: date, step: Granularity, *, short: bool = False) -> str:
    """The name of the step that begins on ``first``, in the active language."""
    locale = babel_locale()
    if step is Granularity.MONTH:
        return format_skeleton("yMMM" if short else "yMMMM", first, locale=locale)
    if short:
        return format_skeleton("MMMd", first, locale=locale)
    if step is Granularity.WEEK:
        return _("Week of %(day)s") % {"day": format_day(first)}
    return format_day(first)
