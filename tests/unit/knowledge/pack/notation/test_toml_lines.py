"""Lines of TOML keys."""

from bot.knowledge.pack.notation.toml_lines import key_lines

TEXT = '''\
# [comment]
name = "a = b"
text = """
fake = 1
[fake]
"quoted" """
list = [  # ]
  "[fake]",
  { fake = 1 },
]
dotted.key = 'it''s'.x
"two words" = 5
[table]
key = 1
[[rows]]
id = 1
[rows.inner]
deep = 1
[[rows]]
id = 2
[ spaced . "name" ]
last = 1'''.replace("'it''s'.x", "1")


def test_every_key_has_the_line_where_it_stands() -> None:
    lines = key_lines(TEXT)
    assert lines == {
        ("name",): 2,
        ("text",): 3,
        ("list",): 7,
        ("dotted",): 11,
        ("dotted", "key"): 11,
        ("two words",): 12,
        ("table",): 13,
        ("table", "key"): 14,
        ("rows",): 15,
        ("rows", 0): 15,
        ("rows", 0, "id"): 16,
        ("rows", 0, "inner"): 17,
        ("rows", "inner"): 17,
        ("rows", 0, "inner", "deep"): 18,
        ("rows", 1): 19,
        ("rows", 1, "id"): 20,
        ("spaced", "name"): 21,
        ("spaced", "name", "last"): 22,
    }


def test_text_without_keys_has_no_lines() -> None:
    assert key_lines("# nothing\n\n") == {}
