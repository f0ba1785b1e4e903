"""The lists of the operator's pages."""
