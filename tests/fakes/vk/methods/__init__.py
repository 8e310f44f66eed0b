"""Methods of the API, by section."""
