"""Suggest: a fact for each sentence of a source that holds a date, a number, a speaker or a system."""
