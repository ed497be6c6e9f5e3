"""Tells waiting syncs that something they read has changed."""
