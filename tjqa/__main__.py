"""`python -m tjqa`."""

from __future__ import annotations

import sys

from tjqa.cli.main import main

sys.exit(main())
