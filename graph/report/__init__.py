"""The report: the argument of an article retold by what the graph holds, as one HTML page or as Markdown."""
