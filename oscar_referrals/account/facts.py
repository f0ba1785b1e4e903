"""What a version promises, put together for the pages that say it."""

from __future__ import annotations

from typing import Any

from oscar_referrals.account.terms import terms_of
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.summary import seven_facts
from oscar_referrals.programs.terms import clauses_by_section


def facts_of(version: ProgramVersion, *, reader: str) -> dict[str, Any]:
    """Template variables: what both sides get in a sentence each, the seven facts, clauses, terms.

    ``reader`` is the side that reads the sentences and has its own amount first.
    """
    clauses = describe(version)
    return {
        "friend_gets": offer_sentence(version, Incentive.Side.FRIEND, reader=reader),
        "advocate_gets": offer_sentence(version, Incentive.Side.ADVOCATE, reader=reader),
        "seven_facts": seven_facts(version, reader=reader, clauses=clauses),
        "condition_sections": clauses_by_section(clauses),
        # A friend is led to them, and reads them there.
        "terms": terms_of(version, for_a_link=reader == Incentive.Side.FRIEND),
    }
