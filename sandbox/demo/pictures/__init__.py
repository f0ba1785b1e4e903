"""The shop's pictures, drawn by code: one style, no file to download."""
