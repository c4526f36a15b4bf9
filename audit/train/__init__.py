"""What fits the models: data folder in, weights and card out. Not imported at run time."""
