"""As of when, and from when to when: the questions of the pages about money."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oscar_referrals.dashboard.filters.days import DateInput
from oscar_referrals.insight.moments import CLOSE_OF_DAY, AsOf, NoSuchTime, start_of
from oscar_referrals.insight.trial_balance import Span
from oscar_referrals.programs.models import Program


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class ZoneField(forms.CharField):
    """The name of a time zone; the shop's own where none is typed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Time zone"),
            required=False,
            max_length=64,
            help_text=_("A name such as Asia/Kuala_Lumpur. Empty: the time zone of the shop."),
        )

    def clean(self, value: Any) -> ZoneInfo:
        """The zone itself."""
        name = super().clean(value) or timezone.get_current_timezone_name()
        if name not in available_timezones():
            raise forms.ValidationError(_("There is no time zone of this name."))
        return ZoneInfo(name)


def program_field() -> forms.ModelChoiceField:
    """All programs, or one."""
    return forms.ModelChoiceField(
        Program.objects.order_by("-pk"),
        label=_("Program"),
        required=False,
        empty_label=_("All programs"),
    )


class LiabilityForm(forms.Form):
    """As of when something is owed. Always gives a moment, so that the page always shows one."""

    program = program_field()
    day = forms.DateField(label=_("As of the end of"), required=False, widget=DateInput)
    at = forms.TimeField(label=_("or until the minute"), required=False, widget=TimeInput)
    zone = ZoneField()
    rate = forms.DecimalField(
        label=_("Expected to expire, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("Empty: the share that did expire, where there is enough history."),
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        #: The moment that is reported; today where the answer is no moment.
        self.as_of = today()

    def clean(self) -> dict[str, Any]:
        """Turn day, time and zone into a moment."""
        data = super().clean() or self.cleaned_data
        zone = data.get("zone") or timezone_of_shop()
        day = data.get("day") or timezone.localdate(timezone=zone)
        try:
            self.as_of = AsOf(day=day, at=data.get("at") or CLOSE_OF_DAY, zone=zone)
        except NoSuchTime:
            self.add_error("at", _("The clocks skipped this time on that day."))
        except ValueError:
            self.add_error("day", _("Choose a day between 1990 and 9990."))
        return data


class SpanForm(forms.Form):
    """From which day until which, in whose days; both may be left open."""

    program = program_field()
    start = forms.DateField(label=_("From"), required=False, widget=DateInput)
    end = forms.DateField(label=_("Until"), required=False, widget=DateInput)
    zone = ZoneField()

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.span = Span()
        self.selected_zone = timezone_of_shop()

    def clean(self) -> dict[str, Any]:
        """Turn the days into moments."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        self.selected_zone = data.get("zone") or self.selected_zone
        if start and end and end < start:
            self.add_error("end", _("The last day has to be after the first."))
            return data
        try:
            self.span = Span(
                first=start_of(start, self.selected_zone) if start else None,
                before=AsOf(day=end, zone=self.selected_zone).before if end else None,
            )
        except (OverflowError, ValueError):
            self.add_error("start", _("Choose days between 1990 and 9990."))
        return data


class BookedAsForm(forms.ModelForm):
    """How the shop books what a program costs: a label, decided by nobody but the shop."""

    class Meta:
        model = Program
        fields = ("booked_as",)


def timezone_of_shop() -> ZoneInfo:
    """The current time zone, by its name."""
    return ZoneInfo(timezone.get_current_timezone_name())


def today() -> AsOf:
    """The end of this day in the shop."""
    return AsOf(day=timezone.localdate(), at=CLOSE_OF_DAY, zone=timezone_of_shop())
