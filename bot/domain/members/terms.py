"""Terms: what the brand lays down about joining its club."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.members.consent import ConsentDocument

YOUNGEST = 14
"""Years. Below, a parent would have to consent; no programme may go lower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubTerms:
    """`minimum_age` is in full years. Consents in the order asked."""

    minimum_age: int = 18
    consents: Sequence[ConsentDocument] = ()
    card_prefix: str = "27"

    @property
    def required(self) -> Sequence[ConsentDocument]:
        """Return the consents without which nobody can join."""
        return [document for document in self.consents if document.is_required]
