"""HOW it spreads: codes, links, QR and the contacts they make."""
