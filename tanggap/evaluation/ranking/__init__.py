"""Rules of the ranking: intervals, measures, scorecard, order, flags. Pure: they know no database (ADR 0031)."""
