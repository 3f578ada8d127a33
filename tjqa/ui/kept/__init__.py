"""What stays from one session to the next, in files of the user's own: libraries, conversations, settings."""
