"""Fields for percentages and weights, typed as people write them."""

from __future__ import annotations

import re
from fractions import Fraction

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from extranet.formats import MINUS
from extranet.money.rules import WEIGHT_FIGURES

PERCENT = re.compile(r"(-?)(\d{1,3})(?:[,.](\d{1,2}))?")
_FIGURES = f"[0-9]{{1,{WEIGHT_FIGURES}}}"
WEIGHT = re.compile(rf"{_FIGURES}(?:[,.]{_FIGURES}|/(?!0){_FIGURES})?")


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
        return _written(self.data) if isinstance(self.data, Fraction) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a weight; what is none is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not WEIGHT.fullmatch(text):
            raise ValidationError(_("Write the weight as 2, 0,75 or 3/4."))
        self.data = Fraction(text.replace(",", "."))


def _written(weight: Fraction) -> str:
    """Return a weight as the form takes it: 2, 0,75 or, where no figures after a comma do, 1/3."""
    scale = 10**WEIGHT_FIGURES
    if weight.denominator == 1 or scale % weight.denominator:
        return str(weight)
    whole, rest = divmod(weight.numerator * (scale // weight.denominator), scale)
    return f"{whole},{rest:0{WEIGHT_FIGURES}d}".rstrip("0")
