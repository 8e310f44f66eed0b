"""Tests of bot.skills.questions."""
