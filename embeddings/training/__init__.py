"""Steps of `embeddings/train.py`: pairs, tokenizer, starting vectors, contrastive training, export."""
