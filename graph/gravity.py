"""The gravity model of flows between areas, by Poisson pseudo maximum likelihood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FLOWS_PER_COEFFICIENT = 10
"""How many flows each coefficient needs, after the rule for events per variable in Peduzzi, Concato, Kemper,
Holford and Feinstein, Journal of Clinical Epidemiology 49 (1996): with fewer, estimates are biased and their
intervals too narrow."""

TERMS = ("constant", "origin", "destination", "distance")
"""The coefficients: a constant, and those of the logarithms of both masses and of the distance."""

FLOWS = FLOWS_PER_COEFFICIENT * len(TERMS)
"""The fewest flows for which the model is estimated."""

AREAS = 5
"""The fewest areas: 20 ordered pairs for four coefficients."""


class Fit(NamedTuple):
    """Coefficients and their robust standard errors in the order of TERMS; expected flows, one for each pair."""

    coefficients: Floats
    errors: Floats
    expected: Floats


def ppml(flows: Floats, origin: Floats, destination: Floats, distance: Floats) -> Fit:
    """Estimate E[flow] = exp(c + a ln origin + b ln destination + d ln distance).

    Santos Silva and Tenreyro, "The log of gravity", Review of Economics and Statistics 88 (2006): the Poisson
    score equations by iteratively reweighted least squares, with sandwich errors; zero flows stay in.

    Args:
        flows: of each ordered pair of areas, 0 or more.
        origin, destination: masses of both ends, above 0.
        distance: kilometres, above 0.

    Raises:
        ValueError: where the equations have no finite or no single solution.
    """
    design = np.column_stack([np.ones(len(flows)), np.log(origin), np.log(destination), np.log(distance)])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("masses or distances do not vary")
    means = (flows + flows.mean()) / 2
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        former = beta
        root = np.sqrt(means)
        working = np.log(means) + (flows - means) / means
        beta = np.linalg.lstsq(design * root[:, None], working * root)[0]
        means = np.exp(np.clip(design @ beta, -300, 300))
        if np.abs(beta - former).max() < 1e-9:
            bread = np.linalg.inv(design.T @ (design * means[:, None]))
            scores = design * (flows - means)[:, None]
            errors = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread))
            return Fit(beta, errors, means)
    raise ValueError("the estimates do not exist")
