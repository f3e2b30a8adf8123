"""The documents of a case file: matched with each other, searched for facts, solved."""
