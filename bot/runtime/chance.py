"""SystemChance: chance of the operating system's own."""

import secrets


class SystemChance:
    """`Chance` that nobody can foretell."""

    def below(self, bound: int) -> int:
        """Draw a number."""
        return secrets.randbelow(bound)
