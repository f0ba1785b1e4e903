"""WHAT is owed: settle(), the ledger (the only writer of money) and the reward kinds."""
