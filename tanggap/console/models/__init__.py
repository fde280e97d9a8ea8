"""What officers keep for their own work (ADR 45): nothing here changes a case."""

from tanggap.console.models.batches import Batch, BatchItem
from tanggap.console.models.exports import Export, ExportPart
from tanggap.console.models.library import AnswerTemplate
from tanggap.console.models.own import Mention, SavedFilter

__all__ = ["AnswerTemplate", "Batch", "BatchItem", "Export", "ExportPart", "Mention", "SavedFilter"]
