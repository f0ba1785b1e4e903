"""Oscar's till: conditions, benefits, pins, receivers. Thin."""
