"""What is written for other programs: the graph or a part of it in their formats, and networks as files."""
