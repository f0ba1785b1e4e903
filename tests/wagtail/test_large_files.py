"""A list of any length becomes a file in bounded memory. `make soak` asks for 200,000 rows."""

from __future__ import annotations

import os
import resource
from typing import Any

import pytest
from django.urls import reverse

from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import referral_code

ROWS = int(os.environ.get("EXPORT_ROWS", "0"))
#: Kilobytes that a file may take while it is made, whatever its length. Wagtail's own export takes
#: half a gigabyte for as many rows.
MOST = 80 * 1024


@pytest.mark.skipif(not ROWS, reason="EXPORT_ROWS says how many rows; make soak does.")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_of_many_rows_take_little_memory(editor: Any, live: Any, kind: str) -> None:
    code = referral_code(live)
    blocked = code.created_at
    for start in range(0, ROWS, 5000):
        ReferralCode.objects.bulk_create(
            ReferralCode(
                program=live,
                advocate=code.advocate,
                code=f"=SOAK{number}",
                is_primary=False,
                blocked_at=blocked,
            )
            for number in range(start, min(start + 5000, ROWS))
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = editor.get(reverse("referral_codes:index"), {"export": kind})
    size = sum(len(part) for part in answer.streaming_content)
    assert size > ROWS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST
