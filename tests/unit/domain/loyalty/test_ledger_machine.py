"""Any order of operations keeps the eleven invariants. The long form is `tests.bench.ledger_steps`."""

from hypothesis import HealthCheck, settings

from tests.unit.domain.loyalty.machine import LedgerMachine

TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
