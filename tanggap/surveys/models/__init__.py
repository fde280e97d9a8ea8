"""Services, their surveys, the answers, and what is done about them."""

from tanggap.surveys.models.answer import TRAITS, Answer, Channel, Mark, PersonalLink
from tanggap.surveys.models.plan import FollowUp
from tanggap.surveys.models.rules import GradeBand, SurveyPolicy
from tanggap.surveys.models.survey import Service, Survey, SurveyReminder

__all__ = [
    "TRAITS",
    "Answer",
    "Channel",
    "FollowUp",
    "GradeBand",
    "Mark",
    "PersonalLink",
    "Service",
    "Survey",
    "SurveyPolicy",
    "SurveyReminder",
]
