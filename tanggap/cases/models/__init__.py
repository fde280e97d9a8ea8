"""The case and what belongs to it."""

from tanggap.cases.models.case import AUDITED, Case, CaseAlias, SubmissionKey
from tanggap.cases.models.custody import Assignment, Hold, Leg
from tanggap.cases.models.erasure import Erasure, RetentionKind, RetentionRule
from tanggap.cases.models.following import Follow
from tanggap.cases.models.guarding import IntakeBlock, IntakeGuard
from tanggap.cases.models.hiding import HidingRequest
from tanggap.cases.models.party import Endorsement, IdentityShare, Reporter, Reveal, Subject
from tanggap.cases.models.pledge import Inquiry, Pledge
from tanggap.cases.models.policy import ClockName, DeadlinePolicy, IntakeCount, IntakeLimit, LimitUnit
from tanggap.cases.models.proof import ContactProof
from tanggap.cases.models.recalculation import Recalculation
from tanggap.cases.models.text import Message, MessageKind, Narrative
from tanggap.cases.models.words import PublicWords

__all__ = [
    "AUDITED",
    "Assignment",
    "Case",
    "CaseAlias",
    "ClockName",
    "ContactProof",
    "DeadlinePolicy",
    "Endorsement",
    "Erasure",
    "Follow",
    "HidingRequest",
    "Hold",
    "IdentityShare",
    "Inquiry",
    "IntakeBlock",
    "IntakeCount",
    "IntakeGuard",
    "IntakeLimit",
    "Leg",
    "LimitUnit",
    "Message",
    "MessageKind",
    "Narrative",
    "Pledge",
    "PublicWords",
    "Recalculation",
    "Reporter",
    "RetentionKind",
    "RetentionRule",
    "Reveal",
    "Subject",
    "SubmissionKey",
]
