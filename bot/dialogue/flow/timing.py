"""When a form reminds of itself and when it closes."""

from datetime import datetime

from bot.dialogue.flow.form import Flow
from bot.domain.actions import Action
from bot.domain.conversation import FlowState
from bot.domain.messages import Address
from bot.domain.timer import Timer

TIMER_KEY = "flow"


def reminder_timer(flow: Flow, state: FlowState, address: Address) -> Timer:
    """Set the reminder; it counts only if nothing was answered since."""
    return _timer("flow.remind", flow, state, address, state.touched_at + flow.remind_after)


def expiry_timer(flow: Flow, state: FlowState, address: Address) -> Timer:
    """Set the closing; it counts only if nothing was answered since."""
    return _timer("flow.expire", flow, state, address, state.touched_at + flow.expires_after)


def is_expired(flow: Flow, state: FlowState, now: datetime) -> bool:
    """Whether nobody answered for so long that the form is over."""
    return now >= state.touched_at + flow.expires_after


def _timer(name: str, flow: Flow, state: FlowState, address: Address, due_at: datetime) -> Timer:
    action = Action(name, (flow.name, state.touched_at.isoformat()))
    return Timer(key=TIMER_KEY, address=address, due_at=due_at, action=action)
