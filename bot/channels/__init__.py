"""Where we talk: one adapter a platform."""
