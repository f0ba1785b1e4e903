"""The link as a QR code, made here: no other server learns who shares what."""

from __future__ import annotations

import io

import segno

#: Modules of white around the code, which readers need.
QUIET_ZONE = 4
#: Characters of an address. More make a code so fine that phones fail on it; at 2300 there is none.
LONGEST = 600


def qr_svg(url: str) -> str:
    """An SVG document that scales to its container."""
    out = io.BytesIO()
    _code(url).save(out, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, light="#fff")
    return out.getvalue().decode()


def qr_png(url: str) -> bytes:
    """A PNG that is large enough to print."""
    out = io.BytesIO()
    _code(url).save(out, kind="png", border=QUIET_ZONE, scale=12)
    return out.getvalue()


def _code(url: str) -> segno.QRCode:
    return segno.make_qr(url, error="m")
