"""Figures of the house: what a request costs, how heavy a page is, how results grow. `make bench` prints them."""
