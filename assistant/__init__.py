"""A private assistant for the terminal that its owner trains, talks to and keeps.

Importing the package loads nothing: each command imports what it needs.
"""

__version__ = "0.1.0"
