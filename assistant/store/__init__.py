"""Memory: everything said, in one SQLite file."""
