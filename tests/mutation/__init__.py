"""Which wrong changes of a module its tests let pass: see docs/mutants.md."""
