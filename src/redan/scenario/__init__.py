"""What a person writes: typed models, YAML with line numbers, overlays, validation, parameter values."""
