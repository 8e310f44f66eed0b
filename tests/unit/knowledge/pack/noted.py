"""Problems in the short form that tests compare: ``3 error missing``."""

from bot.knowledge.pack.check import Check


def noted(check: Check) -> list[str]:
    """List problems by line, in the order found."""
    return [f"{problem.line} {problem.severity} {problem.kind}" for problem in check.problems]
