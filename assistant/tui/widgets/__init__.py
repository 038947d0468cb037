"""The parts of the chat: one subject each."""
