"""Text -> vectors: the static model, any sentence-transformer."""
