"""The graph as a service on the web: SPARQL, pages and data for every thing, an interface for programs."""
