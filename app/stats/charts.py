"""Figures: the only module that imports plotly. The charts come with the statistics."""
