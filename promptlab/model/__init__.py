"""The nouns of promptlab: frozen dataclasses, standard library only."""
