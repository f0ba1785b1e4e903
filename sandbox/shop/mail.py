"""Mail that can be looked at: one file per message, one line per message on the console."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FileAndConsoleBackend(BaseEmailBackend):
    """Write each message to ``EMAIL_FILE_PATH`` as ``.eml`` and say so on the console."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            path = self._write(message)
            recipients = ", ".join(message.recipients())
            sys.stdout.write(f"Mail to {recipients}: {message.subject} ({path})\n")
        return len(email_messages)

    def _write(self, message: EmailMessage) -> Path:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        recipient = re.sub(r"[^a-z0-9]+", "-", ",".join(message.recipients()).lower())[:60]
        name = f"{timezone.localtime():%Y%m%d-%H%M%S}-{recipient}-{uuid4().hex[:8]}.eml"
        path = folder / name
        path.write_bytes(message.message().as_bytes())
        return path
