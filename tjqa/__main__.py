"""`python -m tjqa`."""

import sys

from tjqa.cli import main

sys.exit(main())
