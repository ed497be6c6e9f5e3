"""Forms under a bot's messages: sent, filled in by an app or asked in the chat, and what becomes of an answer."""
