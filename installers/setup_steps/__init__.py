"""The steps that turn a fresh clone into a working Maquette: standard library only."""
