"""The tables of this plugin; each row leads to the plustaak that it belongs to."""

from __future__ import annotations

from extranet_infoavond.models.evenings import Evening, EveningState, Host, ProgrammeItem
from extranet_infoavond.models.initiatives import Initiative, InitiativeKind, InitiativeStage
from extranet_infoavond.models.letters import HouseStyle, Invitation, LetterState, MasterLetter
from extranet_infoavond.models.model import Model
from extranet_infoavond.models.signups import LegalBasis, Page, Signup, SignupState

__all__ = [
    "Evening",
    "EveningState",
    "Host",
    "HouseStyle",
    "Initiative",
    "InitiativeKind",
    "InitiativeStage",
    "Invitation",
    "LegalBasis",
    "LetterState",
    "MasterLetter",
    "Model",
    "Page",
    "ProgrammeItem",
    "Signup",
    "SignupState",
]
