"""Changes of a scenario by a program: values, an overlay, what was drawn; and the overlay they make."""
