"""Runs that a browser asked for: a bounded queue, and a process of its own in which they are played."""
