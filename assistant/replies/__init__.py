"""From a person's words to an answer: translation and replies."""
