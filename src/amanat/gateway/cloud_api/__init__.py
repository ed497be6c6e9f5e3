"""The WhatsApp Cloud API in front of encrypted chats, for bots that were written for it (docs/bots-cloud.md)."""
