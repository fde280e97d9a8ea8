"""Training mode: the same pages over tables of their own, in which every case is invented (ADR 0053)."""
