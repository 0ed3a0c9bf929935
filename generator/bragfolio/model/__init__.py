"""Model: the values of a portfolio, as their authors write them."""
