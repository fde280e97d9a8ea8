"""PDF/A from typst templates. The data travel beside the template, so that no word of anybody becomes markup."""

from tanggap.common.pdf.rendering import render_pdf

__all__ = ["render_pdf"]
