"""The order of the day, the loop over days, and the recorder."""
