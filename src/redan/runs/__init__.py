"""One campaign, many campaigns, resume, and the run folder."""
