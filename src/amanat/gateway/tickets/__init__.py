"""What people have told an office: praise, complaints, ideas, each with a number and a status."""
