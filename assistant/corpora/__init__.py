"""Files to examples: readers, filters, the held-out split, and encoding."""
