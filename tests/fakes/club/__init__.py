"""The club in dictionaries. Passes the contract suite of the real one."""
