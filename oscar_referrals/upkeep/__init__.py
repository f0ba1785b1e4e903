"""WHEN periodic work ran: one row per job, read by the checks and the dashboard."""
