"""The guides of `docs/guide/`: read strictly, shown as pages and on paper. One text for both."""

from tanggap.common.guide.markup import GuideFault, parse
from tanggap.common.guide.pages import as_html, as_paper
from tanggap.common.guide.shelf import SLUGS, Guide, guide, guide_with

__all__ = ["SLUGS", "Guide", "GuideFault", "as_html", "as_paper", "guide", "guide_with", "parse"]
