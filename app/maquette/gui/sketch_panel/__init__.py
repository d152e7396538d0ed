"""The Sketch panel: how the drawing steers, words for what is made of it, live mode, boards."""
