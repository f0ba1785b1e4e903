"""Words typed by hand can state no figure, and have no field that nothing fills."""

from __future__ import annotations

import pytest

from oscar_referrals.sharing.wording import figures_in, problems_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Try {shop}: {offer} {url}", []),
        ("Get 20 % off", ["20", "%"]),
        ("RM20 off!", ["RM20"]),
        ("Save MYR twenty", ["MYR"]),
        ("within 14 days.", ["14"]),
        ("٢٠ off", ["٢٠"]),
        ("½ price", ["½"]),
        ("ten percent off", ["percent"]),
        ("sepuluh persen", ["persen"]),
        ("Your friend saves twenty ringgit", ["twenty ringgit"]),
        ("Half price for friends", ["Half price"]),
        ("１０off", ["１０off"]),
        ("一起喝咖啡", []),
    ],
)
def test_every_figure_is_found(text, found):
    assert figures_in(text, "en-gb") == found


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("Hello {url}", ""),
        ("Hello {offer} at {shop}: {url}", ""),
        ("Hello", "Write {url} where the link belongs."),
        ("{url} {name}", "Nothing fills {name}."),
        ("{url} {shop.secret}", "Nothing fills {shop.secret}."),
        ("{url} {}", "Nothing fills {}."),
        ("{url} {", "A brace stands alone."),
        ("RM 20 off: {url}", "take out: 20. Write {offer}"),
        ("Easy money! {url}", "No message may promise or urge what no program can"),
    ],
)
def test_what_is_wrong_is_said(opening, said):
    problems = " ".join(problems_in(opening, "en-gb"))
    assert said in problems
    assert bool(problems) == bool(said)
