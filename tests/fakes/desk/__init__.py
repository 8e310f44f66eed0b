"""The desk in memory."""
