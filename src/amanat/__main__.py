"""`python -m amanat` is the command `amanat`."""

import sys

from amanat.cli.main import main

sys.exit(main())
