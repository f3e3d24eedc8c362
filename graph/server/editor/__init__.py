"""The SPARQL editor: its page, its script, and what they ask for."""
