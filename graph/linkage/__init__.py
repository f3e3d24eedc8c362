"""Record linkage: which things of an import are likely things that the graph knows, and why it looks so."""
