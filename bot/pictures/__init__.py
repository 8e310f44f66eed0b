"""Pictures: reading codes from them and drawing cards, in processes of their own, because anybody may send one."""
