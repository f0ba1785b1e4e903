"""One form for all that a draft version promises: its rules, both sides' incentives, its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.dashboard.forms.incentive import IncentiveForms
from oscar_referrals.dashboard.forms.limits import LimitsForm
from oscar_referrals.dashboard.forms.rules import RulesForm, WordsForm
from oscar_referrals.programs.models import DraftTerms, Incentive, ProgramVersion

#: More rows than anybody means; keeps a forged form from making more work than that.
MOST_NEW = 10


class DraftGone(Exception):
    """The version was published or discarded while it was being edited."""


class SideForms:
    """One side of the promise: its incentives, of which most programs have one."""

    def __init__(self, version: ProgramVersion, side: str, data: Mapping[str, Any] | None) -> None:
        self.side = side
        self.version = version
        self.data = data
        saved = list(version.incentives.filter(side=side))
        # The discount at the till is what a side's page begins with.
        saved.sort(key=lambda incentive: not incentive.at_till)
        self.main = self._forms(saved[0] if saved else None, side, removable=len(saved) > 1)
        self.others = [
            self._forms(incentive, f"{side}-{incentive.pk}", removable=True)
            for incentive in saved[1:]
        ]
        shown = self._number_shown(data)
        self.new = min(MOST_NEW, shown + (data is not None and data.get("add") == side))
        self.others += [
            self._forms(None, f"{side}-new{number}", removable=True)
            for number in range(1, shown + 1)
        ]
        if self.new > shown:
            # Nobody has typed anything into it yet, so nothing in it can be wrong.
            prefix = f"{side}-new{self.new}"
            self.others.append(self._forms(None, prefix, removable=True, is_blank=True))

    def __iter__(self) -> Iterator[IncentiveForms]:
        yield self.main
        yield from self.others

    @property
    def title(self) -> str:
        """Whose side it is."""
        return str(Incentive.Side(self.side).label)

    @property
    def new_name(self) -> str:
        """The hidden field that says how many new rows the page shows."""
        return f"{self.side}-new"

    def is_valid(self) -> bool:
        """Check every incentive, and that the till has one discount per kind."""
        valid = [forms.is_valid() for forms in self]
        return all(valid) and self._till_is_unique()

    def save(self) -> None:
        """Write the incentives in the order in which the page shows them."""
        for position, incentive in enumerate(self):
            incentive.save(version=self.version, position=position)

    def _forms(
        self,
        incentive: Incentive | None,
        prefix: str,
        *,
        removable: bool,
        is_blank: bool = False,
    ) -> IncentiveForms:
        return IncentiveForms(
            incentive or Incentive(version=self.version, side=self.side),
            None if is_blank else self.data,
            prefix=prefix,
            removable=removable,
        )

    def _number_shown(self, data: Mapping[str, Any] | None) -> int:
        text = data.get(self.new_name, "") if data is not None else ""
        shown = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
        return min(MOST_NEW, shown)

    def _till_is_unique(self) -> bool:
        kinds = set()
        for item in self:
            if item.incentive.removed or not item.incentive.instance.at_till:
                continue
            kind = item.incentive.cleaned_data["kind"]
            if kind in kinds:
                item.incentive.add_error(
                    "kind", _("The friend has a discount of this kind with the order already.")
                )
                return False
            kinds.add(kind)
        return True


class DraftForm:
    """All forms of a draft version, checked and saved together."""

    def __init__(
        self,
        version: ProgramVersion,
        data: Mapping[str, Any] | None = None,
        *,
        with_words: bool = True,
    ) -> None:
        self.version = version
        self.rules = RulesForm(data, instance=version, prefix="rules")
        self.sides = [SideForms(version, side, data) for side in Incentive.Side.values]
        self.limits = LimitsForm(version, data)
        typed = dict(version.draft_terms.values_list("language", "text"))
        self.words = [
            WordsForm(data, language=language, text=typed.get(language, ""))
            for language in (conf.get().languages if with_words else ())
        ]

    def __iter__(self) -> Iterator[forms.BaseForm]:
        yield self.rules
        for side in self.sides:
            for incentive in side:
                yield from incentive
        yield self.limits
        yield from self.words

    def is_valid(self) -> bool:
        """Check everything, so that all mistakes are shown at once."""
        verdicts = [
            self.rules.is_valid(),
            *(side.is_valid() for side in self.sides),
            self.limits.is_valid(),
            *(words.is_valid() for words in self.words),
        ]
        return all(verdicts)

    @transaction.atomic
    def save(self) -> None:
        """Write the draft. Raises DraftGone if it is none any more."""
        rows = ProgramVersion.objects.select_for_update().filter(pk=self.version.pk)
        if not rows.filter(status=ProgramVersion.Status.DRAFT).exists():
            raise DraftGone
        self.rules.save()
        for side in self.sides:
            side.save()
        self.limits.save()
        for form in self.words:
            DraftTerms.objects.update_or_create(
                version=self.version,
                language=form.language,
                defaults={"text": form.cleaned_data["text"]},
            )
