"""`make conformance`: hold our answers against the schemas of the Matrix specification.

A prepared server is asked everything that the specification's OpenAPI files list: first a story of requests that must
succeed, then what `schemathesis` makes of the files, valid and not, from a fixed seed. The files are read in place.
"""
