"""The operators' desk in chat: who calls a person, who answers."""
