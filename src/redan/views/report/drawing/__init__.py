"""Pictures as SVG: scales and marks, curves and bands, spans and bars, maps."""
