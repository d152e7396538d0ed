"""Who signs: the certificate chain of this installation, or the user's own."""
