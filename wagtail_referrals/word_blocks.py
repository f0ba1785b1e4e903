"""Blocks of an editor's own words about the program, which may not contradict it.

The words are read against the live version whenever they are shown: what a later version made wrong
is no longer told to visitors, and the preview says to the editor what is left out and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from oscar_referrals.programs.facts import facts_of
from oscar_referrals.programs.live import LiveOffer
from oscar_referrals.programs.statements import contradictions_in
from oscar_referrals.programs.waivers import without_waived
from wagtail_referrals.document import as_text
from wagtail_referrals.referral_block import GROUP, PREVIEW, ReferralBlock


class OwnWordsBlock(ReferralBlock):
    """A block whose words are read against the live version."""

    def words(self, value: blocks.StructValue) -> str:
        """All that the editor has written in it, as text."""
        raise NotImplementedError


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(
        label=_("Answer"), features=["bold", "italic", "link", "ol", "ul"]
    )

    class Meta:
        icon = "help"
        label = _("Question")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it is shown; ``wrong`` names the figures that keep it from visitors."""

    question: str
    answer: Any
    wrong: str


class QuestionsBlock(OwnWordsBlock):
    """Questions about the program, each behind its summary."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        group = GROUP
        label = _("Questions and answers")
        description = _(
            "Your own words. An answer with a figure that the live program doesn't have is not "
            "shown to visitors."
        )
        template = "wagtail_referrals/blocks/questions.html"
        preview_template = PREVIEW
        preview_value = {
            "heading": _("Questions and answers"),
            "questions": [
                {
                    "question": _("Do I have to buy something first?"),
                    "answer": _("Anybody with an account can join and share."),
                }
            ],
        }

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the ``questions`` that may be shown; in a preview all, with what is ``wrong``."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        context["questions"] = []
        for one in value["questions"] if offer else ():
            wrong = wrong_figures(offer, _words_of(one))
            if not wrong or context["is_editing"]:
                context["questions"].append(
                    Question(question=one["question"], answer=one["answer"], wrong=wrong)
                )
        return context

    def words(self, value: blocks.StructValue) -> str:
        """Heading, questions and answers."""
        return "\n".join([value["heading"], *(_words_of(one) for one in value["questions"])])


class TestimonialBlock(OwnWordsBlock):
    """What a member says, always with the disclosure that they are rewarded (C01)."""

    quote = blocks.TextBlock(label=_("What the person says"), rows=3, max_length=600)
    name = blocks.CharBlock(
        label=_("Name"), max_length=80, help_text=_("As the person agreed to be named here.")
    )

    class Meta:
        icon = "openquote"
        group = GROUP
        label = _("Testimonial")
        label_format = _("Testimonial: {name}")
        description = _("The page adds that the person is rewarded for recommending the shop.")
        template = "wagtail_referrals/blocks/testimonial.html"
        preview_template = PREVIEW
        preview_value = {
            "quote": _("My sister orders here too now, and we both saved."),
            "name": "Aminah",
        }

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the figures that are ``wrong``; visitors see nothing then."""
        context = super().get_context(value, parent_context)
        offer: LiveOffer | None = context["offer"]
        context["wrong"] = wrong_figures(offer, value["quote"]) if offer else ""
        return context

    def words(self, value: blocks.StructValue) -> str:
        """The quote."""
        return str(value["quote"])


def _words_of(one: blocks.StructValue) -> str:
    return f"{one['question']}\n{as_text(str(one['answer']))}"


def wrong_figures(offer: LiveOffer | None, words: str) -> str:
    """What ``words`` state that the live version does not, in the active language; else empty.

    No query, but one where something is found: a person may have let it pass.
    """
    if offer is None:
        return ""
    found = contradictions_in(words, facts_of(offer.version), get_language() or "")
    if found:
        found = without_waived(offer.version, found)
    return ", ".join(one.figure for one in found)
