"""Fields for percentages and weights, typed as people write them."""

from __future__ import annotations

import re
from fractions import Fraction

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from extranet.formats import MINUS

PERCENT = re.compile(r"(-?)(\d{1,3})(?:[,.](\d{1,2}))?")
WEIGHT = re.compile(r"\d{1,9}(?:[,.]\d{1,9}|/[1-9]\d{0,8})?")


class PercentField(Field):
    """A percentage, typed as 2,5 or 2.50; `data` is hundredths of a percent or None."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, int):
            return ""
        whole, rest = divmod(abs(self.data), 100)
        sign = "-" if self.data < 0 else ""
        return f"{sign}{whole},{rest:02d}".removesuffix(",00")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a percentage; what is none is an error in words."""
        text = valuelist[0].replace("%", "").replace(MINUS, "-").strip() if valuelist else ""
        self.data = None
        if not text:
            return
        match = PERCENT.fullmatch(text)
        if match is None:
            raise ValidationError(_("Write the percentage as 2,5."))
        sign, whole, rest = match.groups()
        basis_points = int(whole) * 100 + int((rest or "0").ljust(2, "0"))
        self.data = -basis_points if sign else basis_points


class WeightField(Field):
    """A weight, typed as 2, 0,75 or 3/4; `data` is a Fraction or None."""

    widget = TextInput()
    data: Fraction | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if isinstance(self.data, Fraction) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a weight; what is none is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not WEIGHT.fullmatch(text):
            raise ValidationError(_("Write the weight as 2, 0,75 or 3/4."))
        self.data = Fraction(text.replace(",", "."))
