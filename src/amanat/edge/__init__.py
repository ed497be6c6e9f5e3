"""What every HTTP surface shares and nothing of ours: routes, bodies, rate limits, errors."""
