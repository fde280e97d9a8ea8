"""What the evaluation keeps: tallies, scorecards and rules of comparison as dated rows, periods that are frozen."""

from tanggap.evaluation.models.flags import Flag, FlagName, FlagRule
from tanggap.evaluation.models.mass import MassPolicy, MassSubmission
from tanggap.evaluation.models.open_data import OpenDataFile, OpenDataVersion
from tanggap.evaluation.models.ranked_period import PeriodContent, PeriodHeads, RankedPeriod
from tanggap.evaluation.models.scorecard import RankingPolicy, ScorecardComponent
from tanggap.evaluation.models.tallies import Tally, TallyEntry

__all__ = [
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
    "ScorecardComponent",
    "Tally",
    "TallyEntry",
]
