"""The sketch's place on the stage: drawing and render, tools, layers, fidelity."""
