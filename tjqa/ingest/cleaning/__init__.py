"""SourceFile -> CleanedFile."""

from tjqa.ingest.cleaning.clean import CLEANER_VERSION as CLEANER_VERSION
from tjqa.ingest.cleaning.clean import clean as clean
