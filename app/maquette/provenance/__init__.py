"""What a picture says of itself: watermark, recipe text, XMP, and reading them back."""
