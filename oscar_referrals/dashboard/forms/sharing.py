"""Which channels and places a program has, and the words that are sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.terms import language_name
from oscar_referrals.sharing.channels import Channel, Message, Way, channels_of, registry
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.openings import openings_of, write_opening
from oscar_referrals.sharing.placements import Placement
from oscar_referrals.sharing.placements import registry as placements
from oscar_referrals.sharing.texts import ANY, default_opening, message_for
from oscar_referrals.sharing.wording import problems_in

#: A code as it might be, for previews.
SAMPLE_CODE = "K7M2XQ4P9R"


class SharingForm(forms.Form):
    """A switch and a number for each channel, and a switch for each place."""

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [channel.slug for channel in channels_of(program)]
        rest = [slug for slug in registry() if slug not in offered]
        # The link always stands there to be copied, so there is nothing to switch.
        every = [registry()[slug] for slug in (*offered, *rest)]
        self.channels = [channel for channel in every if channel.way != Way.COPY]
        for number, channel in enumerate(self.channels, start=1):
            self.fields[f"on-{channel.slug}"] = forms.BooleanField(
                label=channel.label, required=False, initial=channel.slug in offered
            )
            self.fields[f"position-{channel.slug}"] = forms.IntegerField(
                label=_("Position of %(channel)s") % {"channel": channel.label},
                initial=number,
                min_value=1,
                max_value=99,
                widget=forms.NumberInput(attrs={"class": "rf-position"}),
            )
        for placement in placements().values():
            if placement.has_switch:
                self.fields[f"place-{placement.slug}"] = forms.BooleanField(
                    label=placement.label,
                    required=False,
                    initial=placement.slug not in program.placements_off,
                    help_text=placement.help,
                )

    def channel_rows(self) -> Iterator[tuple[Channel, forms.BoundField, forms.BoundField]]:
        """Each channel with its switch and its position."""
        for channel in self.channels:
            yield channel, self[f"on-{channel.slug}"], self[f"position-{channel.slug}"]

    def placement_rows(self) -> Iterator[tuple[Placement, forms.BoundField]]:
        """Each place with its switch."""
        for placement in placements().values():
            if placement.has_switch:
                yield placement, self[f"place-{placement.slug}"]

    @property
    def chosen_channels(self) -> list[str]:
        """The channels that were ticked, in the order of their numbers."""
        data = self.cleaned_data
        ticked = [one.slug for one in self.channels if data[f"on-{one.slug}"]]
        return sorted(ticked, key=lambda slug: data[f"position-{slug}"])

    @property
    def places_off(self) -> list[str]:
        """The places that were not ticked."""
        return [place.slug for place, field in self.placement_rows() if not self._is_on(field)]

    def _is_on(self, field: forms.BoundField) -> bool:
        return bool(self.cleaned_data[field.name])


@dataclass(frozen=True)
class Preview:
    """What a channel's message looks like with the words on the page."""

    message: Message
    #: How many characters too many; zero if it fits.
    too_long_by: int


class OpeningsForm(forms.Form):
    """The opening words of every channel in one language, each with its preview."""

    def __init__(
        self, *args: Any, program: Program, version: ProgramVersion | None, language: str, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.program, self.version, self.language = program, version, language
        self.saved = openings_of(program, language)
        self.channels = [channel for channel in registry().values() if _has_words(channel)]
        with override(language):
            ours = {channel.slug: default_opening(channel) for channel in self.channels}
        for slug, label, placeholder in (
            (ANY, _("All channels without words of their own"), ours["copy"]),
            *((channel.slug, channel.label, ours[channel.slug]) for channel in self.channels),
        ):
            self.fields[_name(slug)] = forms.CharField(
                label=label,
                required=False,
                max_length=1000,
                initial=self.saved.by_channel.get(slug, ""),
                widget=forms.Textarea(
                    attrs={"rows": 3, "lang": language, "placeholder": placeholder}
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse words that state a figure, or have a field that nothing fills."""
        data = super().clean() or self.cleaned_data
        for slug in (ANY, *(channel.slug for channel in self.channels)):
            words = data.get(_name(slug), "").replace("\r\n", "\n").strip()
            data[_name(slug)] = words
            for problem in problems_in(words, self.language) if words else []:
                self.add_error(_name(slug), problem)
        return data

    def save(self) -> None:
        """Keep what was typed."""
        for slug in (ANY, *(channel.slug for channel in self.channels)):
            write_opening(
                program=self.program,
                language=self.language,
                channel=slug,
                opening=self.cleaned_data[_name(slug)],
            )

    def rows(self) -> Iterator[tuple[forms.BoundField, Channel | None, Preview | None]]:
        """Each field with its channel and preview; the one for all channels has neither."""
        yield self[_name(ANY)], None, None
        for channel in self.channels:
            yield self[_name(channel.slug)], channel, self._preview(channel)

    def _preview(self, channel: Channel) -> Preview | None:
        if self.version is None:
            return None
        opening = self._words(channel.slug) or self._words(ANY)
        shop = f"{settings.OSCAR_URL_SCHEMA}://{self.program.site.domain}"
        path = share_path(SAMPLE_CODE, self.version, channel=channel.slug, placement="portal")
        with override(self.language):
            message = message_for(
                channel=channel, version=self.version, url=f"{shop}{path}", opening=opening
            )
        size = len(message.text)
        if channel.slug == "x":
            # X counts every link as 23 characters.
            size += 23 - len(message.url)
        return Preview(message, max(0, size - channel.longest) if channel.longest else 0)

    def _words(self, slug: str) -> str:
        """What is on the page now, unless something is wrong with it."""
        name = _name(slug)
        if not self.is_bound:
            return self.saved.by_channel.get(slug, "")
        self.full_clean()
        return "" if name in self.errors else str(self.cleaned_data.get(name, ""))


def language_label(code: str) -> str:
    """A language by its own name."""
    return str(language_name(code))


def _name(slug: str) -> str:
    return f"opening-{slug}" if slug else "opening"


def _has_words(channel: Channel) -> bool:
    """Words of an operator's can go with it."""
    return channel.takes_text and channel.way in (Way.LINK, Way.COPY, Way.NATIVE)
