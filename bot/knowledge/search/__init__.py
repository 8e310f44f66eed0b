"""Search: from a question in people's words to the place of the pack that answers it."""
