"""How other programs say they made a picture, read out of the texts of its file."""
