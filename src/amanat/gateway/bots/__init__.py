"""Bots that speak another system's API: what the APIs share. It knows chats and numbers, and no API."""
