"""Ladders, what was done of them, and the letters they write."""

from tanggap.escalation.models.ladder import Ladder, LadderStep
from tanggap.escalation.models.letter import Instruction, Letter, LetterCounter, LetterPolicy
from tanggap.escalation.models.watch import TakenStep, Watch

__all__ = [
    "Instruction",
    "Ladder",
    "LadderStep",
    "Letter",
    "LetterCounter",
    "LetterPolicy",
    "TakenStep",
    "Watch",
]
