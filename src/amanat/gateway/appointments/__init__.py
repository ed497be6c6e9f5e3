"""Appointments that are never booked twice: what an office offers, who has which place, and what falls due."""
