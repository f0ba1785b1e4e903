"""WHO gets the credit: claims, a pure decision, referrals, and the reasons for all of it."""
