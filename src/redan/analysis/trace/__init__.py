"""The story of one campaign, and why each objective fell or did not: from its log, its series and names."""
