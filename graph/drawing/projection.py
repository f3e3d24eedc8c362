"""The projection of the explorer's map: Natural Earth, with the Pacific in the middle.

The polynomials are those of Šavrič, Jenny, Patterson, Petrovič & Hurni (2011), "A polynomial equation for the
Natural Earth projection", Cartography and Geographic Information Science 38(4).
"""

from __future__ import annotations

import math

CENTRE = 150.0
"""The meridian in the middle of the map, in degrees east; the map is cut at 30° west, through Greenland alone."""

WIDTH, HEIGHT = 4000, 2080
"""The extent of the whole map in its own units; a degree at the equator is 11 of them."""

_X = ((0, 0.870700), (2, -0.131979), (4, -0.013791), (10, 0.003971), (12, -0.001529))
_Y = ((1, 1.007226), (3, 0.015085), (7, -0.044475), (9, 0.028874), (11, -0.005916))
_SCALE = WIDTH / (2 * math.pi * _X[0][1])


def turn(degrees: float) -> float:
    """The same angle, at least -180 and below 180.

    >>> turn(190.0), turn(-180.0)
    (-170.0, -180.0)
    """
    return (degrees + 180) % 360 - 180


def project(east: float, latitude: float) -> tuple[float, float]:
    """The point on the map, in its units, from the top left.

    Args:
        east: degrees east of CENTRE, from -180 to 180: `turn(longitude - CENTRE)` of a longitude.
        latitude: degrees north, from -90 to 90.

    >>> project(0.0, 0.0), project(180.0, 0.0)
    ((2000.0, 1040.0), (4000.0, 1040.0))
    """
    angle = math.radians(latitude)
    x = sum(factor * angle**power for power, factor in _X) * math.radians(east)
    y = sum(factor * angle**power for power, factor in _Y)
    return WIDTH / 2 + _SCALE * x, HEIGHT / 2 - _SCALE * y
