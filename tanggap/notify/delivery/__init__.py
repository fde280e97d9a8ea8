"""The rounds of a delivery: claim, hand over with no lock held, write down."""
