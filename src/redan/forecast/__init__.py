"""Ensembles to statements: quantile and probability tables, the JSON document."""
