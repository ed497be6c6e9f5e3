"""What a service's device costs: processor time per message in and out, and memory for many chats. Run by hand."""
