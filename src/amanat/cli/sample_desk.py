"""The sample office's desk as a lab or a demo tells of it: where it is, and who may sign in there."""

from typing import Final

TOLD: Final = b"desk: "
"""So begins the line in which the process of the sample services says where their desk is."""
BOTS_TOLD: Final = b"bots: "
"""So begins the line that says how programs reach the bots of a lab."""
ANY: Final = "127.0.0.1:0"
PORT: Final = 8010
"""A demo's, unless somebody has it."""

WITH_LEAD: Final = "with-lead"
LEAD: Final = "sari"
LEAD_PASSWORD: Final = "petugas-contoh"  # noqa: S105 - of a demo, which only this machine reaches and anybody may use
