"""What people are told, and when: an outbox with unique keys, sent after commit."""
