"""What happened, in figures. Queries only: nothing here writes."""
