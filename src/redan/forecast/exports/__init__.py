"""A run handed on to other programs: maps, residents, statements, each with its columns explained."""
