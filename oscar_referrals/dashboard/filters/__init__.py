"""How operators narrow the lists down."""
