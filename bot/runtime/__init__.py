"""What keeps it running: events in order, replies delivered, timers on time."""
