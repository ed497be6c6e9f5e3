"""Use-cases, one class per area: check, read, decide (core), write, publish after the commit. No HTTP types."""
