"""Rights: taking a copy of all that is held about oneself, being forgotten, and being told of a breach."""
