"""Everything we call: each adapter behind a small protocol, with one that keeps what it is given for labs and tests."""
