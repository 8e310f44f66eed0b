"""Knowledge: how an answer is found."""
