"""The parts of the kill soak: what is killed, and what must hold afterwards."""
