"""What runs beside the screen: the engine in a thread, indexing in a process, the messages they send."""
