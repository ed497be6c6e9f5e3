"""What people let a bot do beyond answering them: theirs to give, to see and to take back."""
