"""The stack of LoRAs: rows with weights, their order, and what can be added."""
