"""Predicted battles against what happened: scores by war, baselines, and the first stage of the fit."""
