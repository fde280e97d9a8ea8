"""Scorecards and the rules of comparison, as dated rows."""

from tanggap.evaluation.models.scorecard import RankingPolicy, ScorecardComponent

__all__ = ["RankingPolicy", "ScorecardComponent"]
