"""The terminal app."""

from __future__ import annotations

import os
import sys

# Before the first import of textual, which reads it once: under the kitty keyboard protocol an input method's
# commit of five or more characters arrives as garbage. On Windows the driver asks for the protocol regardless.
if sys.platform != "win32":
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
