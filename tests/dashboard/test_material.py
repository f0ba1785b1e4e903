"""The material library: what may be uploaded, who sees it, and that it goes in time."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from oscar_referrals.sharing.share_models import Material
from oscar_referrals.sharing.texts import disclosure
from oscar_referrals.test.factories import referral_code
from tests.dashboard.pages import page_of, url
from tests.shop import Visitor, customer

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PICTURE = {"kind": "picture", "title": "Tea", "alt_text": "A cup of tea", "position": 1}
TEXT = {
    "kind": "text",
    "title": "For the family",
    "text": "Minum teh! {offer}: {url}",
    "position": 2,
}


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(content=None, name="tea.png", kind="PNG", size=(20, 10)):
    if content is None:
        out = io.BytesIO()
        Image.new("RGB", size, "green").save(out, kind)
        content = out.getvalue()
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_a_picture_is_shown_and_downloaded_until_its_last_day_is_over(operator, program):
    address = url("material-create", program.pk)
    evil = upload(name="../../<x>.php")
    assert operator.post(address, PICTURE | {"file": evil}).status_code == 302
    material = Material.objects.get()
    assert material.file.name.startswith("referrals/material/")
    assert material.file.name.endswith(".png")
    assert (material.width, material.height) == (20, 10)
    member = Visitor(referral_code(program).advocate.user)
    text = member.get("referrals:portal").content.decode()
    file = reverse("referrals:material", args=[material.pk])
    assert f'src="{file}" alt="A cup of tea"' in text
    download = member.client.get(f"{file}?download")
    assert download["Content-Type"] == "image/png"
    assert download["Content-Disposition"] == 'attachment; filename="tea.png"'
    assert Visitor(customer()).client.get(file).status_code == 404
    Material.objects.update(shown_until=timezone.now() - timedelta(seconds=1))
    assert member.client.get(file).status_code == 404
    assert "rf-material__picture" not in member.get("referrals:portal").content.decode()
    assert "No" in page_of(operator.get(url("material-list", program.pk)))
    form = page_of(operator.get(url("material-edit", program.pk, material.pk)))
    assert f'<img src="{material.file.url}"' in form
    assert "file-clear" not in form


def test_a_text_is_filled_in_and_ends_with_the_disclosure(operator, program):
    operator.post(url("material-create", program.pk), TEXT | {"language": "en-gb"})
    assert '<td data-label="Language">English</td>' in page_of(
        operator.get(url("material-list", program.pk))
    )
    member = Visitor(referral_code(program).advocate.user)
    text = member.get("referrals:portal").content.decode()
    assert "Minum teh! MYR\xa020 off your first order of MYR\xa080 or more: http" in text
    assert text.count(disclosure()) >= 2


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (PICTURE, "file"),
        (PICTURE | {"file": upload(SVG, "x.svg")}, "file"),
        (PICTURE | {"file": upload(SVG, "x.png")}, "file"),
        (PICTURE | {"file": upload(b"GIF89a" + b"\0" * 40, "x.png")}, "file"),
        (PICTURE | {"file": upload(b"\0" * (2 * 1024 * 1024 + 1))}, "file"),
        (PICTURE | {"file": upload(size=(4001, 1))}, "file"),
        (PICTURE | {"file": upload(kind="BMP")}, "file"),
        (PICTURE | {"file": upload(), "alt_text": ""}, "alt_text"),
        (PICTURE | {"file": upload(), "alt_text": "RM 20 off"}, "alt_text"),
        (PICTURE | {"file": upload(), "title": "20 %"}, "title"),
        (TEXT | {"text": ""}, "text"),
        (TEXT | {"text": "RM 20: {url}"}, "text"),
        (TEXT | {"text": "{name} {url}"}, "text"),
        (
            TEXT | {"shown_from": "2026-05-02T00:00", "shown_until": "2026-05-01T00:00"},
            "shown_until",
        ),
        (TEXT | {"shown_from": "0001-01-01T00:00"}, "shown_from"),
        (TEXT | {"shown_until": "9999-12-31T23:59"}, "shown_until"),
    ],
)
def test_what_is_refused(operator, program, data, field):
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    response = operator.post(url("material-create", program.pk), data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert not Material.objects.exists()


def test_changing_and_deleting_take_the_old_file_along(
    operator, program, tmp_path, django_capture_on_commit_callbacks
):
    operator.post(url("material-create", program.pk), PICTURE | {"file": upload()})
    material = Material.objects.get()
    address = url("material-edit", program.pk, material.pk)
    assert 'value="Tea"' in page_of(operator.get(address))
    with django_capture_on_commit_callbacks(execute=True):
        operator.post(address, PICTURE | {"title": "Coffee"})
    assert Material.objects.get().file.name == material.file.name
    with django_capture_on_commit_callbacks(execute=True):
        operator.post(address, PICTURE | {"file": upload(kind="JPEG")})
    (left,) = tmp_path.rglob("*.*")
    assert left.name.endswith(".jpg")
    with django_capture_on_commit_callbacks(execute=True):
        operator.post(address, {"action": "delete"})
    assert not list(tmp_path.rglob("*.*"))
    assert not Material.objects.exists()
