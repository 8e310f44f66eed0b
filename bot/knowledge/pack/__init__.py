"""Brand pack: a folder read into `Pack`, with every problem by file and line."""
