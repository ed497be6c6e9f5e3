"""A service at work: its flow over its device, with what the flow asks for done. It joins what else are strangers."""
