"""Measures, events and paired comparison over replications."""
