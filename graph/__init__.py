"""The knowledge graph: its facts, and the code that builds, opens, names, projects and shows it."""
