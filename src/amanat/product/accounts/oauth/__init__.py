"""The OAuth 2.0 API, single sign-on for older apps, and how one device lets another in."""
