"""Reads a news text for what can be checked: places, distances, numbers, dates, durations, and who says so.

A regular grammar of English and the gazetteer: no model of language, no network, the same for the same text.
Nothing is added to what the text says: every finding has its paragraph and the few words it rests on.
"""
