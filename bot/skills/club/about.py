"""About: what an operator sees of a customer who is a member, without who it is."""

from collections.abc import Sequence

from bot.dialogue.turn import Turn
from bot.domain.messages import Address
from bot.domain.replies import Line, Phrase
from bot.services.club.overview import overview
from bot.skills.club.parts import ClubParts, day

_ORDERS = 3
_SHOWN_DIGITS = 4


class AboutMember:
    """Tells tier, points, devices and the last orders of whoever writes from an address."""

    def __init__(self, parts: ClubParts) -> None:
        self._parts = parts

    async def __call__(self, turn: Turn, customer: Address) -> Sequence[Line]:
        """Return a few lines; one for who is no member."""
        uow, program = turn.uow, self._parts.program()
        member = await uow.club.members.who(customer)
        if member is None or not member.is_active:
            return [Phrase("desk-about-nobody")]
        seen = await overview(uow, program, member, points=self._parts.points, now=turn.now)
        tier = seen.tier.name.read(turn.brand.languages[0]) if seen.tier is not None else "—"
        card = f"…{member.card[-_SHOWN_DIGITS:]}"
        lines: list[Line] = [
            Phrase("desk-about-member", {"card": card, "tier": tier, "points": seen.balance.available})
        ]
        devices = await uow.purchases.devices.of(member.id)
        if devices:
            lines.append(Phrase("desk-about-devices", {"devices": ", ".join(device.name for device in devices)}))
        orders = [stored.order for stored in await uow.purchases.orders.of(member.id)][:_ORDERS]
        if orders:
            told = ", ".join(f"№{order.key.number} ({day(order.bought_at, program.zone)})" for order in orders)
            lines.append(Phrase("desk-about-orders", {"orders": told}))
        return lines
