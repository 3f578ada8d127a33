"""The languages of the interface."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]
