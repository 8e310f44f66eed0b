"""Ask the installed wheel three questions and a form, in both languages: its texts and its demo pack are in it."""

import json
import subprocess
import sys

LINES = (
    {"chat": "c1", "text": "Сколько стоит доставка?", "kind": "faq"},
    {"chat": "c1", "text": "Lumix DMC-GH2", "kind": "product"},
    {"chat": "c2", "text": "What is the weather on Mars going to be?", "kind": "unknown"},
    {"chat": "c2", "text": "/feedback", "kind": "flow"},
)


def main(command: str) -> None:
    """Exit with an error when an answer is not of the kind expected."""
    asked = "".join(json.dumps(line) + "\n" for line in LINES)
    ran = subprocess.run([command, "chat", "--json"], input=asked, capture_output=True, text=True, check=True)  # noqa: S603
    answers = [json.loads(line)["replies"][0] for line in ran.stdout.splitlines()]
    for line, answer in zip(LINES, answers, strict=True):
        sys.stdout.write(f"{line['text']} -> {answer['kind']} {answer['sources']}\n")
        if answer["kind"] != line["kind"]:
            sys.exit(f"expected {line['kind']}, got {answer}")


main(sys.argv[1])
