"""Make the group of those who write for the referral program."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from wagtail_referrals.compat import base_page
from wagtail_referrals.groups import NAME, permit_editors


class Command(BaseCommand):
    """Never runs by itself: a group that a shop renamed or trimmed stays as the shop wants it."""

    help = (
        "Make the group of referral editors, or complete a group of yours: they see programs and "
        "the report, edit material and settings, and write under the page that you name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The group and the pages."""
        parser.add_argument("--group", default=NAME, help=f"the group's name; default: {NAME}")
        parser.add_argument(
            "--under", type=int, metavar="PAGE", help="the id of the page under which they write"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make or complete it; nothing is taken away."""
        under = None
        if options["under"] is not None:
            under = base_page().objects.filter(pk=options["under"]).first()
            if under is None:
                raise CommandError(
                    _("There is no page with the id %(id)d.") % {"id": options["under"]}
                )
        group, is_new = Group.objects.get_or_create(name=options["group"])
        permit_editors(group, under=under)
        text = (
            _("The group “%(group)s” was made.")
            if is_new
            else _("The group “%(group)s” has all permissions that it needs.")
        )
        self.stdout.write(text % {"group": group.name})
        if not GroupPagePermission.objects.filter(group=group).exists():
            self.stdout.write(
                _(
                    "It may not write on any page yet: name one with --under, or choose pages in "
                    "Wagtail's settings."
                )
            )
