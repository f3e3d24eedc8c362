"""Figures as SVG: rows over an axis, lines, flows, a thing among its neighbours; their style is one CSS file."""
