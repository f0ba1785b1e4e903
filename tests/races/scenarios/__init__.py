"""The races themselves. The tests run them as they are, the broken variants with a guard removed.

Each function is one trial: it makes its own rows, lets the racers go together and asserts what must
hold afterwards.
"""
