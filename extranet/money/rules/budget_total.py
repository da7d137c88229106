"""What the members of a collaboration pay together, from the lines of a budget year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAmount:
    """A budget line in one year, in cents; `kind` and `vat_treatment` as the line has them.

    An income is money from outside (Rijk, province): contributions are the outcome of the
    budget, not lines in it. A reserve line above zero adds to the reserve, below zero takes from
    it. A line may be below zero to correct another.
    """

    kind: str
    net_cents: int
    vat_cents: int = 0
    vat_treatment: str = "exempt"

    @property
    def gross_cents(self) -> int:
        """Return the amount with VAT."""
        return self.net_cents + self.vat_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalToShare:
    """What is shared in a year and what it is made of, in cents.

    `compensable_vat_cents` is the part of `costs_vat_cents` that is passed on to the members.
    """

    costs_net_cents: int
    costs_vat_cents: int
    compensable_vat_cents: int
    incomes_cents: int
    reserve_cents: int

    @property
    def total_cents(self) -> int:
        """Return what the members pay together: costs with VAT, less incomes, plus reserve."""
        costs_cents = self.costs_net_cents + self.costs_vat_cents
        return costs_cents - self.incomes_cents + self.reserve_cents


def total_to_share(lines: Iterable[LineAmount]) -> TotalToShare:
    """Add up the lines of one year: costs minus incomes from outside plus reserve movements.

    Costs count with their VAT, whatever its treatment, because the members' money pays it:
    - taxed: the centrum charges VAT on the contribution; each member has it on its own invoice;
    - passed on: the centrum pays VAT for tasks that are no business and passes it on (the
      transparency method); gemeenten and provincies reclaim it from the BTW-compensatiefonds
      (in force since 2003), a waterschap cannot. Only this VAT is reported as compensable;
    - exempt (such as the koepelvrijstelling): no VAT on the contribution, so the VAT that the
      centrum pays is a cost like any other;
    - joint account (kosten voor gemene rekening by a key agreed beforehand): the sharing stays
      outside VAT; VAT of suppliers is a cost.
    A line that closes the gap of a rate key is a reserve line like any other: with it, the total
    equals what the key makes. Raises ValueError on an unknown kind of line.
    """
    found = dict.fromkeys(("cost", "vat", "compensable", "income", "reserve"), 0)
    for line in lines:
        if line.kind == "cost":
            found["cost"] += line.net_cents
            found["vat"] += line.vat_cents
            if line.vat_treatment == "passed_on":
                found["compensable"] += line.vat_cents
        elif line.kind in ("income", "reserve"):
            found[line.kind] += line.gross_cents
        else:
            raise ValueError(f"unknown kind of budget line: {line.kind}")
    return TotalToShare(
        costs_net_cents=found["cost"],
        costs_vat_cents=found["vat"],
        compensable_vat_cents=found["compensable"],
        incomes_cents=found["income"],
        reserve_cents=found["reserve"],
    )
