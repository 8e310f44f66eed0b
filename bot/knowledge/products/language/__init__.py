"""Language: the words of goods, of people and of the pack, and what they may mean."""
