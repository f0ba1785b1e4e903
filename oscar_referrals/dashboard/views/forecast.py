"""What a draft would have cost: asked before it is published."""

from __future__ import annotations

from typing import Any

from oscar_referrals.dashboard.forms.forecast import USUAL_DAYS, ForecastForm
from oscar_referrals.dashboard.views.versions import DraftView
from oscar_referrals.insight.forecast import forecast


class ForecastView(DraftView):
    """The shop's past orders, played through the draft."""

    template_name = "oscar_referrals/dashboard/forecast.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and, unless it is wrongly filled in, the figures."""
        asked = "days" in self.request.GET
        form = ForecastForm(self.request.GET if asked else {"days": USUAL_DAYS})
        found = None
        if form.is_valid():
            data = form.cleaned_data
            found = forecast(self.version, days=data["days"], advocates=data["advocates"])
        return super().get_context_data(form=form, forecast=found, **kwargs)
