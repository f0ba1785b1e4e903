"""WHAT is promised: programs, their frozen versions, incentives and terms."""
