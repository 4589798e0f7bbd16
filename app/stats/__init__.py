"""The room of the statistics: figures from summaries, always scoped. charts.py alone will draw."""
