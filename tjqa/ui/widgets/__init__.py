"""The widgets of the screens; each speaks by messages and knows nothing of the others."""
