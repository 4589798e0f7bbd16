"""Figures: the only module that imports plotly. The charts come with the statistics."""

import plotly  # noqa: F401  (the charts come with the statistics)
