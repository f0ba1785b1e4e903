"""The texts of messages in Oscar: communication events, made when somebody edits one."""

from __future__ import annotations

from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from oscar.core.loading import get_model

from oscar_referrals.messages.kinds import Kind

#: The column of Oscar's row, and the attribute that names the file which it stands for.
FIELDS = {
    "email_subject_template": "email_subject_template_file",
    "email_body_template": "email_body_template_file",
    "email_body_html_template": "email_body_html_template_file",
}


def edited_events() -> set[str]:
    """The events whose text stands in the shop's database."""
    codes = _rows().filter(code__startswith="REFERRAL_").values_list("code", flat=True)
    return {code.lower() for code in codes}


def start_editing(kind: Kind) -> Any:
    """Oscar's row for the kind, with the text that is sent now; made if there is none.

    Oscar's editor shows what the row has, and nothing of the files.
    """
    model = get_model("communication", "CommunicationEventType")
    row = _rows().filter(code=kind.event.upper()).first()
    if row is not None:
        return row
    row = model(code=kind.event.upper(), name=str(kind.name), category=model.USER_RELATED)
    for field, file in FIELDS.items():
        setattr(row, field, _source(getattr(row, file) % kind.event, row, field))
    row.save()
    return row


def undo_editing(kind: Kind) -> bool:
    """Send the original text again; False if it was never edited."""
    deleted, _by_table = _rows().filter(code=kind.event.upper()).delete()
    return bool(deleted)


def _rows() -> Any:
    return get_model("communication", "CommunicationEventType")._default_manager.all()


def _source(file: str, row: Any, field: str) -> str:
    """The file's text; a line that includes it where the column is too short for it."""
    try:
        template: Any = get_template(file)
    except TemplateDoesNotExist:
        return ""
    source: str = template.template.source
    longest = row._meta.get_field(field).max_length
    if longest is not None and len(source) > longest:
        return f'{{% include "{file}" %}}'
    return source
