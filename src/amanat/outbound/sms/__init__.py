"""Texts to phones: a protocol of three methods, and an adapter for each way to send one."""
