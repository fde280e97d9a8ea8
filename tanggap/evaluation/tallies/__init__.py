"""Figures kept ready: what a case contributes and where, pure (ADR 24)."""
