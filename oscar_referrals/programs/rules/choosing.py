"""What there is to say where an advocate chooses between rewards: who chooses, and what each is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.lists import format_list
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.money import babel_locale
from oscar_referrals.programs.models import Incentive, IncentiveAmount
from oscar_referrals.programs.rules.base import Clause
from oscar_referrals.programs.rules.promise import worth
from oscar_referrals.programs.rules.voucher import Validity
from oscar_referrals.programs.tiers import in_tier


def called(incentive: Incentive) -> str:
    """One alternative in a few words; where its currencies differ, in each of them."""
    words = [worth(incentive, figures) for figures in incentive.amounts.all()]
    return " / ".join(dict.fromkeys(text for text in words if text))


def as_options(words: Sequence[str]) -> str:
    """ "A, B or C", in the active language."""
    return format_list(list(words), style="or", locale=babel_locale())


class Choosing:
    """The advocate chooses beforehand; the first of the alternatives is given until then."""

    def __init__(self, alternatives: Sequence[Incentive], *, key: str) -> None:
        self.alternatives = alternatives
        self.key = key

    def clauses(self) -> list[Clause]:
        """One sentence on choosing, and what is to be said of each alternative alone."""
        text = _(
            "The advocate chooses between these rewards in their account. Until they do, it is the "
            "one that is named first; a choice holds for rewards that are recorded after it."
        )
        clauses = [self._clause("choosing", text)]
        for position, incentive in enumerate(self.alternatives):
            for number, text in enumerate(_tiers(incentive)):
                clauses.append(self._clause(f"{position}-tier-{number}", text))
        return clauses + self._validity()

    def _validity(self) -> list[Clause]:
        """By kind, or by alternative where those of a kind are not valid equally long."""
        clauses = []
        for kind in dict.fromkeys(incentive.kind for incentive in self.alternatives):
            alike = [incentive for incentive in self.alternatives if incentive.kind == kind]
            if len({incentive.validity_days for incentive in alike}) == 1:
                clauses += Validity(alike[0], key=f"{self.key}-{kind}").clauses()
                continue
            for incentive in alike:
                text = _valid_for(incentive)
                if text:
                    clauses.append(self._clause(f"{incentive.pk}-validity", text))
        return clauses

    def _clause(self, name: str, text: str) -> Clause:
        return Clause(key=f"{self.key}-{name}", section=self.alternatives[0].side, text=text)


def _valid_for(incentive: Incentive) -> str:
    days = incentive.validity_days
    if not days:
        return ""
    text = ngettext(
        "%(reward)s: can be used for %(days)d day after it is given.",
        "%(reward)s: can be used for %(days)d days after it is given.",
        days,
    )
    return text % {"reward": capfirst(called(incentive)), "days": days}


def _tiers(incentive: Incentive) -> Iterator[str]:
    """What takes the place of the alternative, and from when on; once per currency if it must."""
    said = set()
    for tier in incentive.tiers.all():
        for figures in incentive.amounts.all():
            if tier.currency not in ("", figures.currency):
                continue
            text = _better(incentive, figures, tier.from_number)
            if text not in said:
                said.add(text)
                yield text


def _better(incentive: Incentive, figures: IncentiveAmount, number: int) -> str:
    better, with_figures = in_tier(incentive, figures, number)
    assert with_figures is not None, "a tier applies where there are figures"
    return _(
        "From the advocate's successful referral number %(number)d on, %(reward)s becomes "
        "%(better)s."
    ) % {
        "number": number,
        "reward": worth(incentive, figures),
        "better": worth(better, with_figures),
    }
