"""Text for the screen: cells and wrapping, the words of the interface, a source as lines."""
