"""Products: what a question wants of the goods of a catalogue, and the answer that its feed gives."""
