"""Compares calculations of the product with Python's decimal module, an independent implementation of the General
Decimal Arithmetic Specification.

Each line of the input: operation, operands, result ("error" for none), divided by spaces. Prints one line for each
difference, and last how many were compared.
"""

import decimal
import sys

DIGITS = 34
EXACT = decimal.Context(prec=400, Emax=9999, Emin=-9999, traps=[decimal.Inexact])
WIDE = decimal.Context(prec=400, rounding=decimal.ROUND_HALF_EVEN)
DECIMAL128 = decimal.Context(prec=DIGITS, rounding=decimal.ROUND_HALF_EVEN)
RULES = {"half_even": decimal.ROUND_HALF_EVEN, "half_up": decimal.ROUND_HALF_UP, "down": decimal.ROUND_DOWN}


def kept(context_operation, wide_operation):
    """The result with 34 digits, and at most 34 places: those of the wide result when there would be more."""
    result = context_operation()
    if not result.is_zero() and result.as_tuple().exponent < -DIGITS:
        result = wide_operation().quantize(decimal.Decimal(1).scaleb(-DIGITS), context=WIDE)
    return result if result.is_zero() or result.adjusted() < DIGITS else None


def arithmetic(name, a, b):
    if name == "divide" and b.is_zero():
        return None
    return kept(lambda: getattr(DECIMAL128, name)(a, b), lambda: getattr(WIDE, name)(a, b))


def expected(operation, operands):
    if operation == "round":
        value, places, rule = decimal.Decimal(operands[0]), int(operands[1]), operands[2]
        return value.quantize(decimal.Decimal(1).scaleb(-places), rounding=RULES[rule], context=WIDE)
    a, b = map(decimal.Decimal, operands[:2])
    if operation in ("exact_add", "exact_multiply"):
        result = getattr(EXACT, operation.removeprefix("exact_"))(a, b)
        # What 34 digits and 34 places hold without their trailing zeros.
        short = result.normalize(EXACT)
        places = max(0, -short.as_tuple().exponent)
        whole = max(0, short.adjusted() + 1)
        fits = places <= DIGITS and (short.is_zero() or whole + places <= DIGITS or
                                     len(short.as_tuple().digits) + max(0, short.as_tuple().exponent) <= DIGITS)
        return result if fits else None
    return arithmetic(operation, a, b)


def main():
    compared = 0
    for line in sys.stdin:
        operation, *operands, result = line.split()
        want = expected(operation, operands)
        got = None if result == "error" else decimal.Decimal(result)
        compared += 1
        if (want is None) != (got is None) or (want is not None and want.compare(got) != 0):
            print(f"{line.strip()}: Python says {want}")
        elif operation == "round" and want.as_tuple().exponent != got.as_tuple().exponent:
            print(f"{line.strip()}: Python says {want}, with other places")
    print(f"compared {compared}")


if __name__ == "__main__":
    main()
