"""What a scenario must satisfy beyond the shape of its parts. Each check adds all faults it finds."""
