"""The ledger's state machine at length: every operation in any order, the books counted again after every step.

`python -m tests.bench.ledger_steps [--smoke]`
"""

import time

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.bench.figures import Figures
from tests.unit.domain.loyalty.machine import LedgerMachine

STEPS = 200_000
ROUND = 400
"""Plays between two looks at the count."""


def play(plays: int) -> None:
    """Play with chances of our own: nothing is learned from one round for the next."""
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=plays,
            stateful_step_count=100,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


def main() -> None:
    """Play until there are enough steps. A broken invariant ends it with the shortest way there."""
    figures = Figures("ledger_steps")
    wanted = STEPS // 100 if figures.is_smoke else STEPS
    began = time.process_time()
    while LedgerMachine.steps < wanted:
        play(20 if figures.is_smoke else ROUND)
        print(f"   {LedgerMachine.steps} steps, {time.process_time() - began:.0f} s of the processor", flush=True)
    figures.at_least("steps without a difference", LedgerMachine.steps, wanted)
    figures.finish()


if __name__ == "__main__":
    main()
