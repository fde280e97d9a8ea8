"""Open data: what is given away about cases, and how nobody is told about by it (ADR 40)."""
