"""`klubok run` as a process, beside both fakes, while everything goes wrong that can."""
