"""What a text states in figures, and which of it a program does not say. Pure."""

from __future__ import annotations

from oscar_referrals.programs.statements.facts import Facts, Kind, Role, Statement
from oscar_referrals.programs.statements.lint import Finding, contradictions_in

__all__ = ["Facts", "Finding", "Kind", "Role", "Statement", "contradictions_in"]
