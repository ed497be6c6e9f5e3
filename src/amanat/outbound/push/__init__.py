"""Pushes: to browsers by Web Push, and to the push gateways of other apps."""
