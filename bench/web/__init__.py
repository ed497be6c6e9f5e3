"""The app's figures, in a headless Chromium: what `make bench-web` measures."""
