"""What the evaluation keeps: tallies, and scorecards and the rules of comparison as dated rows."""

from tanggap.evaluation.models.scorecard import RankingPolicy, ScorecardComponent
from tanggap.evaluation.models.tallies import Tally, TallyEntry

__all__ = ["RankingPolicy", "ScorecardComponent", "Tally", "TallyEntry"]
