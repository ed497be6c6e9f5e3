"""The engine under every store: units of work, group commit, migrations; knows no table of ours."""
