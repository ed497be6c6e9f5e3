"""What runs where a service's keys are: a client of the server, over HTTP only."""
