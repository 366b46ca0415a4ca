// log, cos and sin with twice the digits: nearly always the nearest number there is, and the same one everywhere, while
// C libraries differ in the last digit, even one and the same on two processors.
#include "Kernels.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

#include "Twofold.h"

/// `x + rest = 2ⁿ m`, m from √½ to √2: returns log m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1) / (m + 1).
static Twofold logOfRest(double x, double rest, int *n) {
  double m = frexp(x, n);
  if (m < 0x1.6a09e667f3bcdp-1) {
    m *= 2;
    *n -= 1;
  }
  Twofold f = exactSum(m - 1, ldexp(rest, -*n)), sum = exactSum(2, f.high);
  sum.low += f.low;
  Twofold s = quotient(f, sum);
  double square = s.high * s.high, series = 0;
  for (int k = 21; k > 1; k -= 2) series = (series + 1.0 / k) * square;
  Twofold half = exactSum(s.high, s.low + s.high * series);
  return (Twofold){2 * half.high, 2 * half.low};
}

/// `a + b + rest`, for a = 0 or |a| ≥ |b|, and a small rest.
static double total(double a, Twofold b, double rest) {
  Twofold sum = exactSum(a, b.high);
  return sum.high + (sum.low + (b.low + rest));
}

double kernelLog(double x, double rest) {
  if (!(x > 0 && x < INFINITY)) return x == 0 ? -INFINITY : x > 0 ? x : NAN;
  int n;
  Twofold log = logOfRest(x, rest, &n);
  // log 2 in two parts: the first has bits to spare, so that its product with n is exact.
  return total(n * 0x1.62e42fefa38p-1, log, n * 0x1.ef35793c7673p-45);
}

double kernelLog2(double x) {
  if (!(x > 0 && x < INFINITY)) return kernelLog(x, 0);
  int n;
  Twofold log = logOfRest(x, 0, &n);
  return total(n, product(log, (Twofold){0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56}), 0);
}

/// The cosine of so many quarter turns and x.
static double cosine(int quarters, double x) {
  // x is n quarter turns and r, |r| ≤ π/4.
  long n = (long)floor(x * 0x1.45f306dc9c883p-1 + 0.5);
  int turned = (quarters + n) & 3, isSine = turned % 2;
  Twofold turns = exactProduct(n, 0x1.921fb54442d18p0);
  Twofold r = exactSum(x - turns.high, -turns.low - n * 0x1.1a62633145c07p-54), square = product(r, r);
  // cos r = 1 − r²/2 (1 − s) and sin r = r − r · r²/6 (1 − s), s = r²/(3 · 4) (1 − r²/(5 · 6) (1 − …)) or
  // r²/(4 · 5) (1 − r²/(6 · 7) (1 − …)).
  double s = 0;
  for (int k = 18 + isSine; k > 3; k -= 2) s = (1 - s) * square.high / (k * (k - 1));
  Twofold value = isSine ? r : (Twofold){1, 0};
  Twofold less = product(square, (Twofold){isSine ? 1.0 / 6 : 0.5, 0});
  less.low -= less.high * s;
  less = product(less, value);
  double result = total(value.high, (Twofold){-less.high, -less.low}, value.low);
  return turned == 1 || turned == 2 ? -result : result;
}

double kernelCos(double x) { return cosine(0, x); }
double kernelSin(double x) { return cosine(3, x); }
