"""The evaluator's desk: rounds, what bodies brought, what was read and found."""
