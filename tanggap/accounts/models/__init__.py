"""People and the posts they hold."""

from tanggap.accounts.models.invitation import Invitation
from tanggap.accounts.models.membership import Delegation, Membership
from tanggap.accounts.models.oncall import OnCallShift
from tanggap.accounts.models.person import Person
from tanggap.accounts.models.training import PractisedExercise

__all__ = ["Delegation", "Invitation", "Membership", "OnCallShift", "Person", "PractisedExercise"]
