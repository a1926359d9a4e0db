"""Single battles from a table: the campaign's own rules on a strip of cells for each row."""
