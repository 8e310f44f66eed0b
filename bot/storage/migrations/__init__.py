"""Migrations of the tables, by Alembic. Each file is a step; its name begins with its revision."""
