"""What people read of the graph in a browser: a page for every thing, event, source, concept, and the ontology."""
