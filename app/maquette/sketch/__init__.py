"""What is known of sketches: lines out of images, and how well a render follows them (OpenCV)."""
