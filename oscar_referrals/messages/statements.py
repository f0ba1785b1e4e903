"""What the shop's own mail texts state of a program: read when saved, and when a version is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.texts import FIELDS
from oscar_referrals.programs.contradictions import Refused, in_words, why
from oscar_referrals.programs.loose_texts import meant_by, refused_in_text, refused_of_all
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.statements.mentions import mentions_program

#: What to do where a statement is none about the program.
WAY_OUT = gettext_lazy(
    "If it is not about the program at all: paste the text under “Refused statements” of the "
    "version in the referral dashboard, and let it pass there."
)
#: What the template language puts in: a sign that is no word and no figure.
FILLED_IN = "*"
TRANSLATED = re.compile(r"""\{%\s*trans(?:late)?\s+("[^"]*"|'[^']*')[^%]*%\}""")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}", re.S)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.S)
TAG = re.compile(r"\{%.*?%\}", re.S)
UNSEEN = re.compile(r"<(style|script|head)\b.*?</\1>", re.S | re.I)
ANGLED = re.compile(r"<[^<>]*>|[<>]")
BREAK = re.compile(r"<br\b[^>]*>|</(?:p|li|h\d|td|th|div|dd|dt|tr)\s*>", re.I)


def text_of_template(source: str) -> str:
    """The words that stand in a template of Django's, a line for each paragraph."""
    text = TRANSLATED.sub(lambda match: match[1][1:-1], COMMENT.sub(" ", source))
    text = TAG.sub("\n\n", VARIABLE.sub(FILLED_IN, text))
    text = html.unescape(_without_tags(BREAK.sub("\n\n", UNSEEN.sub(" ", text))))
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n".join(part for part in paragraphs if part)


def _without_tags(source: str) -> str:
    try:
        return strip_tags(source)
    except SuspiciousOperation:
        # Django gives up on what is nested as no HTML is; its words are read all the same.
        return ANGLED.sub(" ", source)


def refused_in_mails(version: ProgramVersion, with_drafts: bool) -> Iterator[Refused]:
    """The statements in edited texts of our mails that ``version`` does not bear out; a query.

    What came with the package takes its figures from the rules, and is not read. A mail goes out
    for every program: a sentence that another live one bears out is about that one, unless the
    text names ``version``'s and not the other; one query more where something is refused.
    """
    others: list[ProgramVersion] | None = None
    rows = get_model("communication", "CommunicationEventType")._default_manager.filter(
        code__in=[event.upper() for event in KINDS]
    )
    for row in rows:
        where = _("The e-mail “%(name)s”") % {"name": KINDS[row.code.lower()].name}
        for field in FIELDS:
            text = text_of_template(getattr(row, field) or "")
            refused = list(refused_in_text(version, text, where))
            if not refused:
                continue
            if others is None:
                others = list(_live_versions().exclude(program=version.program_id))
            meant = meant_by(text, [version, *others])
            if version in meant:
                wrong = [
                    {one.finding.sentence for one in refused_in_text(other, text, where)}
                    for other in meant
                    if other != version
                ]
                yield from (
                    one
                    for one in refused
                    if all(one.finding.sentence in sentences for sentences in wrong)
                )


def refuse_wrong_text(source: str) -> None:
    """Raises ValidationError where a mail text contradicts every live program it may mean.

    Oscar's editor tells a field nothing of the event, so of any mail the sentences are read that
    speak of a program.
    """
    text = text_of_template(source or "")
    live = meant_by(text, _live_versions()) if text else []
    problems = [
        f"{why(refused.finding, version)} {in_words(refused.finding)}"
        for version, refused in refused_of_all(live, text, "", wanted=mentions_program)
    ]
    if problems:
        raise ValidationError([*problems, WAY_OUT])


def _live_versions() -> QuerySet[ProgramVersion]:
    return ProgramVersion.objects.filter(
        program__status=Program.Status.LIVE, status=ProgramVersion.Status.PUBLISHED
    ).select_related("program")


def connect() -> None:
    """Have Oscar's editor of mail texts refuse what contradicts a live program.

    Its form validates by the fields of the model, and there is no other door to it short of a
    fork. Migrations don't see a validator that is put on in this way.
    """
    model = get_model("communication", "CommunicationEventType")
    for name in FIELDS:
        validators = model._meta.get_field(name).validators
        if refuse_wrong_text not in validators:
            validators.append(refuse_wrong_text)
