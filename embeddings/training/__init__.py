"""Steps of `train.py`: pairs, tokenizer, starting vectors, contrastive training, export."""
