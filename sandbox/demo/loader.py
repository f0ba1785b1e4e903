"""Loads the demonstration, each part once, in the order in which a shop comes to be."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.db import transaction

from . import basics, campaign, catalogue, material, people, reviews, website
from .progress import Progress

PARTS = (
    (basics.is_loaded, basics.load_basics),
    (people.is_loaded, people.load_people),
    (catalogue.is_loaded, catalogue.load_catalogue),
    (reviews.is_loaded, reviews.load_reviews),
    (website.is_loaded, website.load_website),
)
#: About the program that is live by then; a shop that lived its year before these came gets them.
AFTER_THE_YEAR = (
    (material.is_loaded, material.load_material),
    (campaign.is_loaded, campaign.load_campaign),
)


def load_demo(progress: Progress) -> None:
    """Load what is not there yet. A part that is interrupted leaves nothing behind.

    The year of referrals comes last: ``demo/year.py`` offers ``load_year(progress)``, which
    returns at once when its data is there. What advocates may send along, and the pages about
    the program, need its program.
    """
    for is_loaded, load in PARTS:
        if not is_loaded():
            with transaction.atomic():
                load(progress)
    people.permit_operators()
    if find_spec("demo.year"):
        import_module("demo.year").load_year(progress)
        for is_loaded, load in AFTER_THE_YEAR:
            if not is_loaded():
                with transaction.atomic():
                    load(progress)
