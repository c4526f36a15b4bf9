"""Whether the measures are worth something: articles of rated outlets in, correlations with the ratings out."""
