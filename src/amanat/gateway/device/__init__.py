"""A service's device: it syncs, decrypts, hands out room keys and sends, and stands up again wherever it fell."""
