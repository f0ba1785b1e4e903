"""One picture, banner or text of the material library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.dashboard.forms.moments import MomentField, moment_input
from oscar_referrals.programs.terms import language_name
from oscar_referrals.sharing.material import FORMATS, check_picture
from oscar_referrals.sharing.share_models import Material
from oscar_referrals.sharing.wording import figure_problem, figures_in, problems_in

#: For the browser's own dialog only.
TYPES = ",".join(content_type for _ending, content_type in FORMATS.values())


class PictureInput(forms.ClearableFileInput):
    """Shows the picture instead of its path; another one can take its place, but not nothing."""

    template_name = "oscar_referrals/partials/picture_input.html"


class MaterialForm(forms.ModelForm):
    """A file with its description, or a text; and from when until when it may be used."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    # Pillow looks at the content below; Django's field would also let other formats through.
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, 2 MB at most. Put no amounts or dates into it."),
        widget=PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    class Meta:
        model = Material
        fields: tuple[str, ...] = (
            "kind",
            "title",
            "language",
            "file",
            "alt_text",
            "text",
            "shown_from",
            "shown_until",
            "position",
        )
        labels = {"kind": _("Kind of material")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "shown_from": moment_input(),
            "shown_until": moment_input(),
        }
        field_classes = {"shown_from": MomentField, "shown_until": MomentField}
        help_texts = {
            "alt_text": _("For pictures and banners. What is to be seen, in a sentence."),
            "text": _(
                "For texts. {offer}, {shop} and {url} are filled in, and it ends by saying that "
                "whoever sends it gets a reward too."
            ),
            "shown_until": _("After that nobody sees it any more. Empty: until you delete it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, language_name(code)) for code in conf.get().languages]
        field: Any = self.fields["language"]
        field.choices = [("", _("All languages")), *languages]
        self.old_file = self.instance.file.name or "" if self.instance.pk else ""

    def clean_file(self) -> Any:
        """Look into a new file; give it a name of ours."""
        upload = self.cleaned_data.get("file")
        if upload and "file" in self.changed_data:
            upload.name = check_picture(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own; nothing states a figure; the end comes after the beginning."""
        data = super().clean() or self.cleaned_data
        language = data.get("language") or conf.get().languages[0]
        for name in ("title", "alt_text"):
            figures = figures_in(data.get(name, ""), language)
            if figures:
                self.add_error(name, figure_problem(figures))
        if data.get("kind") == Material.Kind.TEXT:
            data["file"] = None
            self._check_text(data.get("text", ""), language)
        else:
            data["text"] = ""
            if not data.get("file") and "file" not in self.errors:
                self.add_error("file", _("Choose a file."))
            if not data.get("alt_text") and "alt_text" not in self.errors:
                self.add_error("alt_text", _("Say what is to be seen."))
        start, end = data.get("shown_from"), data.get("shown_until")
        if start and end and end <= start:
            self.add_error("shown_until", _("The end has to be after the start."))
        return data

    def _check_text(self, text: str, language: str) -> None:
        if not text.strip():
            self.add_error("text", _("Write the text."))
            return
        for problem in problems_in(text, language):
            self.add_error("text", problem)
