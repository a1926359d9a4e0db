"""One self-contained page on a run: words, figures and tables from one plain document."""
