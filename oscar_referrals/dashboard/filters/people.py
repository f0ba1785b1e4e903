"""Lists of names on leaderboards and of messages, narrowed down."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.models import Program


class AliasFilter(django_filters.FilterSet):
    """Names on the leaderboard by what they contain, and by whether they are seen."""

    alias = django_filters.CharFilter(label=_("Name"), lookup_expr="icontains")
    # Django's own choice for yes and no calls what doesn't matter "Unknown".
    hidden = django_filters.TypedChoiceFilter(
        label=_("Hidden by staff"),
        field_name="alias_hidden_at",
        lookup_expr="isnull",
        exclude=True,
        choices=(("", _("All names")), ("true", _("Yes")), ("false", _("No"))),
        coerce=lambda text: text == "true",
    )

    class Meta:
        model = Advocate
        fields: list[str] = []


class MessageFilter(django_filters.FilterSet):
    """Messages by program, kind and state."""

    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    event = django_filters.ChoiceFilter(
        label=_("Message"),
        choices=[(kind.event, kind.name) for kind in KINDS.values()],
        empty_label=_("All kinds"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=OutboxMessage.State.choices, empty_label=_("All states")
    )

    class Meta:
        model = OutboxMessage
        fields: list[str] = []
