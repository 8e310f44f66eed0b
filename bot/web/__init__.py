"""What the outside sees of a running bot: is it alive, is it ready, what it counts, where platforms bring updates."""
