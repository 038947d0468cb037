"""The window: a Textual application."""
