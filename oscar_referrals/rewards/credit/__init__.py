"""Store credit: what one has, how it is set aside, pays an order, and comes back."""
