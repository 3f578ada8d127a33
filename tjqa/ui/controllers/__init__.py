"""What the app does, by what the reader wants: each controller holds a view of the screen and asks the engine."""
