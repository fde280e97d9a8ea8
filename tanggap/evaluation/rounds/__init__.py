"""Rules of the evaluator's desk: sampling, agreement, scores, steps. Pure (ADR 41)."""
