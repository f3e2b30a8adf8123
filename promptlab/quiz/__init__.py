"""The quiz: drafted, checked, accepted question by question, handed out in other formats, marked by its key.

`drafting`, `recorded`: an AI's draft · `check`: its faults · `acceptance`: what may go out · `formats`: out and in ·
`pupils`: without the answers · `marking`, `statistics`: what pupils made of it.
"""
