"""What the referral system costs, measured against stock Oscar in the same run."""
