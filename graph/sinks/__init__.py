"""What is written for other programs: networks as files."""
