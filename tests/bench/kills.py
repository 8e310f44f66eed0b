"""SIGKILL at random moments over messages on both platforms, at the platforms' own pace.

`python -m tests.bench.kills [--smoke]`: what people saw is compared with what they asked, and what they saw twice with
what the bot recorded as an unknown outcome.
"""

import tempfile
from pathlib import Path

from tests.bench.figures import Figures
from tests.integration.live.kills import Plan, run_kills

FULL = Plan(kills=50, messages=5_000, people=60)
SMOKE = Plan(kills=4, messages=200, people=20)


def main() -> None:
    """Print the figures."""
    figures = Figures("kills")
    plan = SMOKE if figures.is_smoke else FULL
    with tempfile.TemporaryDirectory() as directory:
        outcome = run_kills(plan, Path(directory))
    figures.show("messages", outcome.asked)
    figures.show("kills", plan.kills)
    figures.at_most("complaints: lost, strange, out of order", len(outcome.complaints), 0)
    figures.at_most("VK: said twice", len(outcome.vk_repeats), 0)
    figures.at_most("Telegram: said twice", len(outcome.telegram_repeats), plan.kills)
    figures.at_most("Telegram: said twice, not recorded as unknown", len(outcome.unrecorded), 0)
    figures.at_most("Telegram: said twice after one kill, at most", outcome.most_repeats_a_kill, 1)
    figures.show("Telegram: recorded as unknown", len(outcome.doubted))
    figures.at_most("rows that are neither handled nor sent", len(outcome.unfinished), 0)
    figures.at_most("violations of the platforms' rules", len(outcome.violations), 0)
    figures.show("from start to ready, mean", sum(outcome.recovery_seconds) / len(outcome.recovery_seconds), "s")
    for line in [*outcome.complaints, *map(str, outcome.unrecorded), *map(str, outcome.violations)][:20]:
        print(line)
    figures.finish()


if __name__ == "__main__":
    main()
