"""Reading figures: report cards of agencies and regions, from tallies and from what they do not hold yet."""

from tanggap.evaluation.selectors.cards import group_cards, monthly_cards, region_card, report_card

__all__ = ["group_cards", "monthly_cards", "region_card", "report_card"]
