"""The servers that are measured: how each is installed and started, and at which scale it is loaded."""
