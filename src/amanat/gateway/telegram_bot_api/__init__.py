"""The Telegram Bot API in front of encrypted chats: a bot that speaks it needs another base URL, and nothing else."""
