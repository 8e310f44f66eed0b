"""Keep what people think of us."""

from datetime import datetime

from bot.domain.feedback import BEST_RATING, Feedback
from bot.domain.messages import Address
from bot.services.ports import UnitOfWork


class FeedbackService:
    """Ratings with comments. Never commits."""

    async def give(
        self, uow: UnitOfWork, *, sender: Address, rating: int, comment: str, begun_by: str, now: datetime
    ) -> bool:
        """Store a rating of 1 to 5; False when the same filling-in (`sender`, `begun_by`) was stored before."""
        if not 1 <= rating <= BEST_RATING:
            raise ValueError(f"rating {rating} is not 1 to {BEST_RATING}")
        feedback = Feedback(sender=sender, begun_by=begun_by, rating=rating, comment=comment, given_at=now)
        return await uow.feedback.add(feedback)
