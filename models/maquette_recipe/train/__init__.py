"""Training loops for the autoencoder and the base model."""
