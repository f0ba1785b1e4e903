"""Everything that runs is in what is published."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

PACKAGES = ("oscar_referrals", "wagtail_referrals")


def shipped() -> set[str]:
    """The files of both packages, as they stand in the tree."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_tree_has_what_the_wheel_must_not_miss() -> None:
    for kind in ("/templates/", "/static/", "/migrations/", "django.mo"):
        assert [name for name in shipped() if kind in name], f"There is no {kind} in the tree"


def test_wheel_has_all_files_of_both_packages_and_no_others(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == shipped()


def test_sdist_has_all_files_of_both_packages_and_the_licence(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert shipped() <= names
    assert {"LICENSE", "README.md", "CHANGELOG.md", "tests/conftest.py"} <= names


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_declares_its_types(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()
