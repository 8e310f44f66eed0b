"""Tests of bot.skills."""
