"""Training kit for the extraction models of Wenliu: vectors, pretraining, training, export, release."""
