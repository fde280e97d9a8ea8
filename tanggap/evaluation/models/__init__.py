"""What the evaluation keeps: tallies, scorecards and rules of comparison as dated rows, periods that are frozen."""

from tanggap.evaluation.models.brief import BriefLength, BriefWish, SentBrief
from tanggap.evaluation.models.flags import Flag, FlagName, FlagRule
from tanggap.evaluation.models.mass import MassPolicy, MassSubmission
from tanggap.evaluation.models.open_data import OpenDataFile, OpenDataVersion
from tanggap.evaluation.models.ranked_period import PeriodContent, PeriodHeads, RankedPeriod
from tanggap.evaluation.models.rounds import (
    Evidence,
    Reading,
    Round,
    RoundBody,
    RoundObjection,
    RoundRule,
    SampledCase,
)
from tanggap.evaluation.models.scorecard import RankingPolicy, ScorecardComponent
from tanggap.evaluation.models.tallies import Tally, TallyEntry
from tanggap.evaluation.models.task import Task, TaskEntry, TaskState

__all__ = [
    "BriefLength",
    "BriefWish",
    "Evidence",
    "Flag",
    "FlagName",
    "FlagRule",
    "MassPolicy",
    "MassSubmission",
    "OpenDataFile",
    "OpenDataVersion",
    "PeriodContent",
    "PeriodHeads",
    "RankedPeriod",
    "RankingPolicy",
    "Reading",
    "Round",
    "RoundBody",
    "RoundObjection",
    "RoundRule",
    "SampledCase",
    "ScorecardComponent",
    "SentBrief",
    "Tally",
    "TallyEntry",
    "Task",
    "TaskEntry",
    "TaskState",
]
