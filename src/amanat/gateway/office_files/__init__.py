"""The plain files that an office writes, and how a slip in them is told: shared by what reads them. Pure."""
