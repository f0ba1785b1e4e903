"""For pages and buttons of signed-in shoppers."""

from __future__ import annotations

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


class SignedIn(LoginRequiredMixin):
    """Sends others to Oscar's login, and from there to the portal: a button can't be repeated."""

    def handle_no_permission(self) -> HttpResponseRedirect:
        return redirect_to_login(reverse("referrals:portal"), reverse("customer:login"))


class SignedInReader(SignedIn):
    """For pages that a mail leads to: after signing in the reader comes back to them."""

    request: HttpRequest

    def handle_no_permission(self) -> HttpResponseRedirect:
        return redirect_to_login(self.request.get_full_path(), reverse("customer:login"))
