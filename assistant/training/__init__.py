"""Teaching the network: batches, schedule, loop, training state, export (torch)."""
