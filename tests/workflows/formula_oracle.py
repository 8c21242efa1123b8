"""Computes formulas a second time, with Python's fractions and decimal modules: no digit is lost before the one rounding
to the declared places.

Each line of the input: formula, operands, places, rule, reported value, divided by spaces. Prints one line for each
difference, and last how many were compared.
"""

import decimal
import sys
from fractions import Fraction

RULES = {"half_even": decimal.ROUND_HALF_EVEN, "half_up": decimal.ROUND_HALF_UP, "down": decimal.ROUND_DOWN}
POUND_PER_SQUARE_INCH = Fraction("0.45359237") * Fraction("9.80665") / Fraction("0.0254") ** 2

FORMULAS = {
    "potency": lambda x, assay, lod: x * 10000 / (assay * (100 - lod)),
    "yield": lambda a, b, _: 100 * a / b,
    "mean": lambda a, b, c: (a + b + c) / 3,
    "flow": lambda a, *_: a * 1000 / 60,
    "celsius": lambda a, *_: (a - 32) * 5 / 9,
    "psi": lambda a, *_: a * POUND_PER_SQUARE_INCH / 100,
}


def rounded(value, places, rule):
    """Exact: the whole part, then a digit that says below, at or above the tie for the decimal module to round by."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    tail = "0" if rest == 0 else "5" if twice == scaled.denominator else "2" if twice < scaled.denominator else "7"
    near = decimal.Decimal(f"{'-' if value < 0 else ''}{whole}.{tail}")
    with decimal.localcontext(prec=400):
        return near.quantize(decimal.Decimal(1), rounding=RULES[rule]).scaleb(-places)


def main():
    compared = 0
    for line in sys.stdin:
        name, *operands, places, rule, result = line.split()
        want = rounded(FORMULAS[name](*map(Fraction, operands)), int(places), rule)
        compared += 1
        if decimal.Decimal(result) != want:
            print(f"{line.strip()}: Python says {want}")
    print(f"compared {compared}")


if __name__ == "__main__":
    main()
