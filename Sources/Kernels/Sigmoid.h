// The sigmoid of doubles by a table: around c = j/32 it is a₀ + a₁ r + … + a₇ r⁷ for x = c + r, |r| ≤ 1/64. That is
// half the time of an exp and a division after it, and the next layer has to wait for it.

enum { cellsPerOne = 32, reach = 38, middleCell = reach * cellsPerOne };

/// The a, by their order and then by the cell j.
static double sigmoidTerms[8][2 * middleCell + 1];

/// The other a from a₀ = σ(c), numbers or vectors: by σ′ = σ − σ², all derivatives are polynomials in σ.
#define SIGMOID_TERMS(a)                                                                         \
  a[1] = a[0] - a[0] * a[0];                                                                     \
  a[2] = a[1] * (0.5 - a[0]);                                                                    \
  a[3] = a[1] * (1.0 / 6 - a[1]);                                                                \
  a[4] = a[2] * (1.0 / 12 - a[1]);                                                               \
  a[5] = a[1] * (1.0 / 120 + a[1] * (a[1] - 0.25));                                              \
  a[6] = a[2] * (1.0 / 360 + a[1] * (a[1] - 1.0 / 6));                                           \
  a[7] = a[1] * (1.0 / 5040 - a[1] * (1.0 / 40 - a[1] * (1.0 / 3 - a[1])));

/// The sum in a tree, `A(k)` being the a.
#define SIGMOID_SUM(A, r, r2, r4)                                                                \
  (A(0) + ((A(1) * r + r2 * (A(2) + A(3) * r)) +                                                 \
           (r4 * (A(4) + A(5) * r) + (r4 * r2) * (A(6) + A(7) * r))))

/// The sum of this and x has 32 x, rounded to a whole number, in its low bits.
#define SIGMOID_MAGIC (0x1.8p52 / cellsPerOne)

/// For |x| < reach.
static INLINE double sigmoidByTable(double x) {
  union { double number; long long bits; } t = {x + SIGMOID_MAGIC}, zero = {SIGMOID_MAGIC};
  const double *cell = &sigmoidTerms[0][middleCell] + (t.bits - zero.bits);
  double r = x - (t.number - SIGMOID_MAGIC), r2 = r * r, r4 = r2 * r2;
#define A(k) cell[k * (2 * middleCell + 1)]
  return SIGMOID_SUM(A, r, r2, r4);
#undef A
}

/// Fills the table, each σ(c) rounded once, when the program is loaded; for some 40 µs.
__attribute__((constructor)) static void fillSigmoidTerms(void) {
  const Twofold ratio = {0x1.f03f56a88b5d8p-1, -0x1.bad3fd501a227p-55};  // e^(−1/32)
  Twofold power = {1, 0};
  for (int cell = 0; cell <= middleCell; cell++) {
    // σ(c) = 1 / (1 + e⁻ᶜ), σ(−c) = e⁻ᶜ / (1 + e⁻ᶜ)
    Twofold one = {1, 0}, denominator = exactSum(1, power.high);
    denominator.low += power.low;
    for (int side = -1; side <= 1; side += 2) {
      Twofold value = quotient(side < 0 ? power : one, denominator);
      double a[8] = {value.high};
      SIGMOID_TERMS(a)
      for (int k = 0; k < 8; k++) sigmoidTerms[k][middleCell + side * cell] = a[k];
    }
    power = product(power, ratio);
  }
}
