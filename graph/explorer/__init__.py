"""The explorer: one HTML page that shows a part of the graph with its sources."""
