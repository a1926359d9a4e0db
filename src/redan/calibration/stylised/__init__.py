"""The ten stylised facts: regularities of war that the model must show and that nothing in it states."""
