"""The money rules: pure functions on values, in whole cents; no database, no web.

`divide` is the one division of the program. `contributions` applies an allocation key to the
members of a year and explains every amount in steps. `total_to_share` says what is divided.
"""

from extranet.money.rules.allocation_key import AllocationKey
from extranet.money.rules.budget_total import LineAmount, TotalToShare, total_to_share
from extranet.money.rules.components import (
    FIRST_INDEX_YEAR,
    LAST_INDEX_YEAR,
    WEIGHT_FIGURES,
    Cap,
    Component,
    CustomWeights,
    Distribution,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    Indexation,
    RatePerInhabitant,
)
from extranet.money.rules.contributions import Division, Share, contributions
from extranet.money.rules.division import MONTHS_IN_YEAR, divide, nearest, prorated
from extranet.money.rules.explanation import (
    Figure,
    PopulationSource,
    Step,
    Unit,
    steps_from_data,
    steps_to_data,
)
from extranet.money.rules.members import Member, member_months
from extranet.money.rules.purse import BASE, Purse

__all__ = [
    "BASE",
    "FIRST_INDEX_YEAR",
    "LAST_INDEX_YEAR",
    "MONTHS_IN_YEAR",
    "WEIGHT_FIGURES",
    "AllocationKey",
    "Cap",
    "Component",
    "CustomWeights",
    "Distribution",
    "Division",
    "DivisionByInhabitants",
    "EqualShare",
    "Figure",
    "FixedFoot",
    "FixedSum",
    "Indexation",
    "LineAmount",
    "Member",
    "PopulationSource",
    "Purse",
    "RatePerInhabitant",
    "Share",
    "Step",
    "TotalToShare",
    "Unit",
    "contributions",
    "divide",
    "member_months",
    "nearest",
    "prorated",
    "steps_from_data",
    "steps_to_data",
    "total_to_share",
]
