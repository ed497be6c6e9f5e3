"""Use-cases, one class per specification area: check, read, decide (core), write, publish after commit. No HTTP types."""
