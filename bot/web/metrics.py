"""PrometheusMeter: what happens, as counters that Prometheus reads."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.web.health import Health

MOST_KINDS = 100
"""Different kinds of unknown updates that get a name of their own; a series without bound would fill the memory."""
OTHER = "other"
_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_MS = 1000


class PrometheusMeter:
    """`Meter` with a registry of its own. Labels are names of ours and of platforms, never of people."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._heard = self._count("klubok_events", "Events stored.", "channel", "kind")
        self._ignored = self._count("klubok_updates_ignored", "Updates that are no event.", "channel", "kind")
        self._turns = self._count("klubok_turns", "Turns taken.", "channel", "kind", "skill", "outcome")
        self._sends = self._count("klubok_sends", "Tries to send a message.", "channel", "outcome")
        self._turn_seconds = self._time("klubok_turn_seconds", "Time of thinking.")
        self._send_seconds = self._time("klubok_send_seconds", "Time of a request that sends.")
        self._gauges = {
            name: Gauge(f"klubok_{name}", text, registry=self._registry)
            for name, text in (
                ("waiting", "Events that wait for an answer."),
                ("queued", "Messages that wait to be sent."),
                ("lag_seconds", "How long the oldest event waits."),
                ("ready", "1 when everything is well."),
            )
        }
        self._kinds: set[str] = set()

    def heard(self, channel: str, kind: str) -> None:
        """Count an event that was stored."""
        self._heard.labels(channel, kind).inc()

    def ignored(self, channel: str, kind: str) -> None:
        """Count an update that is no event."""
        if len(self._kinds) < MOST_KINDS:
            self._kinds.add(kind)
        self._ignored.labels(channel, kind if kind in self._kinds else OTHER).inc()

    def handled(self, channel: str, *, kind: str, skill: str, outcome: str, took_ms: int) -> None:
        """Count a turn."""
        self._turns.labels(channel, kind, skill, outcome).inc()
        self._turn_seconds.labels(channel).observe(took_ms / _MS)

    def sent(self, channel: str, *, outcome: str, took_ms: float) -> None:
        """Count a try to send."""
        self._sends.labels(channel, outcome).inc()
        self._send_seconds.labels(channel).observe(took_ms / _MS)

    def expose(self, health: Health) -> bytes:
        """Write everything in the text format of Prometheus."""
        self._gauges["waiting"].set(health.backlog.waiting)
        self._gauges["queued"].set(health.backlog.queued)
        self._gauges["lag_seconds"].set(health.lag_seconds)
        self._gauges["ready"].set(health.is_ready)
        return generate_latest(self._registry)

    def _count(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self._registry)

    def _time(self, name: str, text: str) -> Histogram:
        return Histogram(name, text, ["channel"], buckets=_SECONDS, registry=self._registry)
