// Arithmetic with twice the digits, so that a result is rounded once.

/// The sum of two numbers, of which the second is below the last digit of the first, or nearly.
typedef struct { double high, low; } Twofold;

/// `a + b` without an error, for |a| ≥ |b| (Dekker).
static inline Twofold exactSum(double a, double b) {
  double high = a + b;
  return (Twofold){high, b - (high - a)};
}

/// `a · b` without an error (Dekker): each factor in two halves, whose products are exact.
static inline Twofold exactProduct(double a, double b) {
  const double split = 0x1p27 + 1;
  double ah = a * split - (a * split - a), al = a - ah, bh = b * split - (b * split - b), bl = b - bh;
  double high = a * b;
  return (Twofold){high, ((ah * bh - high) + ah * bl + al * bh) + al * bl};
}

static inline Twofold product(Twofold a, Twofold b) {
  Twofold p = exactProduct(a.high, b.high);
  return exactSum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static inline Twofold quotient(Twofold a, Twofold b) {
  double first = a.high / b.high;
  Twofold p = exactProduct(first, b.high);
  return exactSum(first, (((a.high - p.high) - p.low) + a.low - first * b.low) / b.high);
}
