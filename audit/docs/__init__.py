"""The guides, and the pages and figures in them that are made from the code. In: the package and a checkout; out: text.

Written by hand: `tutorial.md`, `signals.md`, `languages.md`, the README and the cells of `three_outlets.ipynb`. Made by
`python -m audit.docs`: `commands.md`, `settings.md`, `tables.md`, the README's diagram, and what every example printed.
"""
