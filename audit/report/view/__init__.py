"""Tables in, plain dicts for the templates out: every decision on what a page says is made here."""
