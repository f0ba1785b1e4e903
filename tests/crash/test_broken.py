"""The crash test once more, with what a crash must not part taken apart: it has to see that."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from oscar_referrals.rewards import settle
from tests.crash import harness, test_crash

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]


def test_books_that_are_written_after_the_commit(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = settle._post
    monkeypatch.setattr(settle, "_post", lambda *args: transaction.on_commit(partial(post, *args)))
    # Where the process has to die for it is a small part of all steps.
    monkeypatch.setattr(harness, "STEPS", 40)
    with pytest.raises(AssertionError, match="the books are off"):
        test_crash.test_a_crash_changes_nothing(test_crash.issue, tmp_path, settings)
