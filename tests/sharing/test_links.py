from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from oscar_referrals.sharing.links import share_path, share_url
from oscar_referrals.sharing.qr import qr_png, qr_svg
from oscar_referrals.test.factories import SiteFactory, live_program, referral_code

pytestmark = pytest.mark.django_db


def test_a_link_carries_the_code_and_the_version_and_nothing_else() -> None:
    program = live_program()
    code = referral_code(program)
    assert share_path(code).endswith(f"/r/{code.code}/")
    assert share_path(code, program.current_version) == f"{share_path(code)}?v=1"
    assert share_path(code.code) == share_path(code)


def test_the_host_is_the_requests_or_the_programs(rf: RequestFactory, settings: Any) -> None:
    code = referral_code(live_program(site=SiteFactory(domain="kedai.example")))
    request = rf.get("/", headers={"host": "www.kedai.example"}, secure=True)
    assert share_url(code, request) == f"https://www.kedai.example{share_path(code)}"
    settings.OSCAR_URL_SCHEMA = "https"
    assert share_url(code) == f"https://kedai.example{share_path(code)}"


def test_a_qr_code_is_made_without_any_other_server() -> None:
    svg = qr_svg("https://kedai.example/r/BCDFGHJKMNP/")
    assert svg.startswith("<svg")
    assert "viewBox" in svg
    assert "style=" not in svg
    assert qr_png("https://kedai.example/r/BCDFGHJKMNP/").startswith(b"\x89PNG")
