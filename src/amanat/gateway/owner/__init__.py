"""A service's owner: the identity that vouches for the service's device. Its keys are no part of a gateway's data."""
