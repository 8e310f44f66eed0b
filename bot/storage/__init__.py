"""What we remember: SQLAlchemy on SQLite or PostgreSQL."""
