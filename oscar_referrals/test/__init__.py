"""What a shop's own tests need: factories that go through the real services."""
