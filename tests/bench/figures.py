"""What every bench needs: figures printed alike, targets judged at the end."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"


@dataclass
class Figures:
    """Prints figures; those with a target fail the bench in its full form, and are only shown in a smoke run."""

    name: str
    is_smoke: bool = field(default_factory=lambda: "--smoke" in sys.argv)
    missed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        print(f"== {self.name}{' (smoke)' if self.is_smoke else ''}, {os.cpu_count()} cores")

    def show(self, what: str, value: float, unit: str = "") -> None:
        """Print one figure."""
        print(f"{what:<58} {value:>10.3f} {unit}")

    def at_least(self, what: str, value: float, target: float, unit: str = "") -> None:
        """Print one figure that should be `target` or more."""
        self._judge(what, value, unit, f">= {target:g}", is_met=value >= target)

    def at_most(self, what: str, value: float, target: float, unit: str = "") -> None:
        """Print one figure that should be `target` or less."""
        self._judge(what, value, unit, f"<= {target:g}", is_met=value <= target)

    def finish(self) -> None:
        """Exit with 1 when a target was missed in the full form."""
        if self.missed and not self.is_smoke:
            sys.exit("missed: " + "; ".join(self.missed))

    def _judge(self, what: str, value: float, unit: str, target: str, *, is_met: bool) -> None:
        print(f"{what:<58} {value:>10.3f} {unit:<8} {target:<10} {'met' if is_met else 'MISSED'}")
        if not is_met:
            self.missed.append(f"{what} {value:.2f} {target}")
