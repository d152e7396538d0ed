"""What crosses the process boundary between the studio and its worker."""
