"""The commands of the command line, one short function each, in rooms by what they are for."""
