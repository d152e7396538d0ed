"""Training a style: LoRAs learned from pictures, in a process of its own."""
