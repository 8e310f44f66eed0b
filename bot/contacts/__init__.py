"""Contacts: what people type, read by libraries that know the phones and the mail of the world."""
