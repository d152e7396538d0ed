"""The networks of the built-in model and their tokenizer."""
