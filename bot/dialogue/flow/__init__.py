"""Forms: questions asked one after another until all is known."""
