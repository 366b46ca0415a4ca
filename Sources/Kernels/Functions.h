// exp, sigmoid, tanh and ReLU, their slopes, and a check, of one number type at one level; included by
// Level.h. Each loop does whole vectors and returns how many numbers that were; Kernels.c does the rest.

#define PICK(forDouble, forFloat) ((Number)(sizeof(Number) == 8 ? (forDouble) : (forFloat)))
#define DIGITS (sizeof(Number) == 8 ? 52 : 23)
#define BIAS (sizeof(Number) == 8 ? 1023 : 127)
/// The sum of this and a small whole number has the number in its low bits.
#define MAGIC PICK(0x1.8p52, 0x1.8p23)

/// 2ⁿ, for −BIAS < n ≤ BIAS.
static INLINE Vec NAME(powerOfTwo)(Int n) { return (Vec)((n + BIAS) << DIGITS); }

/// `eʳ − 1` for |r| ≤ ½ log 2: its series r + r²/2! + …, summed in a tree, since a sum must wait for the one
/// before it.
static INLINE Vec NAME(series)(Vec r) {
#define OVER(number) ((Number)(1.0 / number))
  Vec r2 = r * r, r4 = r2 * r2;
  Vec p = (r * OVER(6) + OVER(2)) + r2 * (r * OVER(120) + OVER(24));
  if (sizeof(Number) == 4) {
    p = p + r4 * (r * OVER(5040) + OVER(720));
  } else {
    Vec q = (r * OVER(5040) + OVER(720)) + r2 * (r * OVER(362880) + OVER(40320));
    Vec s = (r * OVER(39916800) + OVER(3628800)) + r2 * (r * OVER(6227020800) + OVER(479001600));
    p = (p + r4 * q) + (r4 * r4) * s;
  }
  return r + r2 * p;
#undef OVER
}

/// `x = n log 2 + r` with the least n given: returns r.
static INLINE Vec NAME(reduce)(Vec x, Number least, Int *n) {
  Vec t = x * (Number)0x1.71547652b82fep0 + MAGIC;
  t = t < MAGIC + least ? MAGIC + least : t;
  Vec whole = t - MAGIC;
  *n = (Int)t - (Int)(Vec)MAGIC;
  // log 2 in two parts: the first has bits to spare, so that its product with n is exact.
  return (x - whole * PICK(0x1.62e42feep-1, 0x1.62ep-1)) -
         whole * PICK(0x1.a39ef35793c76p-33, 0x1.0bfbe8e8p-15);
}

static INLINE Vec NAME(expOf)(Vec x) {
  const Number low = PICK(-746, -104.5), high = PICK(710, 89);
  x = x < low ? low : x;
  x = x > high ? high : x;
  Int n;
  Vec r = NAME(reduce)(x, PICK(-1100, -160), &n);
  // In two factors, because 2ⁿ alone may be too small or too large.
  Int half = n >> 1;
  return ((1 + NAME(series)(r)) * NAME(powerOfTwo)(half)) * NAME(powerOfTwo)(n - half);
}

/// `1 / (1 + e⁻ˣ)`, and `eˣ / (1 + eˣ)` for negative x: no overflow, and small results keep their digits.
static INLINE Vec NAME(sigmoidByExp)(Vec x) {
  const Number low = PICK(-746, -104.5);
  Vec y = (Vec)((Int)x | (Int)(-(Vec)0));
  y = y < low ? low : y;
  // 2ⁿ is exact from the least n on; below, r is larger, where a result has few digits.
  Int n;
  Vec r = NAME(reduce)(y, PICK(-1074, -149), &n);
  Int half = n >> 1;
  Vec e = (1 + NAME(series)(r)) * (NAME(powerOfTwo)(half) * NAME(powerOfTwo)(n - half));
  return (x < 0 ? e : (Vec)1) / (1 + e);
}

static INLINE Vec NAME(sigmoidOf)(Vec x) {
  if (sizeof(Number) == 4) return NAME(sigmoidByExp)(x);
  // As `sigmoidByTable`, but for a₀ the terms are computed, which is faster than to collect them.
  Int isInside = (Int)((x > -reach) & (x < reach));
  Vec y = isInside ? x : (Vec)0, t = y + (Number)SIGMOID_MAGIC, r = y - (t - (Number)SIGMOID_MAGIC);
  Int cell = (Int)t - (Int)(Vec)(Number)SIGMOID_MAGIC;
  Vec a[8], r2 = r * r, r4 = r2 * r2;
  UNROLL for (int lane = 0; lane < BYTES / sizeof(Number); lane++)
    a[0][lane] = (Number)sigmoidTerms[0][middleCell + cell[lane]];
  SIGMOID_TERMS(a)
#define A(k) a[k]
  Vec sum = SIGMOID_SUM(A, r, r2, r4);
#undef A
  return __builtin_reduce_and(isInside) ? sum : isInside ? sum : NAME(sigmoidByExp)(x);
}

/// `(e^(2|x|) − 1) / (e^(2|x|) + 1)` with the sign of x; e^(2|x|) − 1 keeps its digits near 0.
static INLINE Vec NAME(tanhOf)(Vec x) {
  const Number high = PICK(20, 10);
  Int sign = (Int)x & (Int)(-(Vec)0);
  Vec y = (Vec)((Int)x ^ sign);
  y = (y > high ? high : y) * 2;
  Int n;
  Vec r = NAME(reduce)(y, 0, &n);
  Vec power = NAME(powerOfTwo)(n);
  Vec less = power * NAME(series)(r) + (power - 1);
  return (Vec)((Int)(less / (less + 2)) | sign);
}

static INLINE Vec NAME(valueOf)(enum KernelFunction f, Vec x) {
  switch (f) {
  case KernelFunctionIdentity: return x;
  case KernelFunctionExp: return NAME(expOf)(x);
  case KernelFunctionSigmoid: return NAME(sigmoidOf)(x);
  case KernelFunctionTanh: return NAME(tanhOf)(x);
  case KernelFunctionReLU: return x > 0 ? x : (Vec)0;
  }
}

static INLINE Vec NAME(slopeOf)(enum KernelFunction f, Vec z, Vec a) {
  switch (f) {
  case KernelFunctionIdentity: return (Vec)1;
  case KernelFunctionExp: return a;
  case KernelFunctionSigmoid: return a * (1 - a);
  case KernelFunctionTanh: return 1 - a * a;
  case KernelFunctionReLU: return z > 0 ? (Vec)1 : (Vec)0;
  }
}

// A loop for each function, so that the choice is made once.
#define EACH_FUNCTION(body)                                                                      \
  switch (f) {                                                                                   \
  case KernelFunctionIdentity: body(KernelFunctionIdentity) break;                               \
  case KernelFunctionExp: body(KernelFunctionExp) break;                                         \
  case KernelFunctionSigmoid: body(KernelFunctionSigmoid) break;                                 \
  case KernelFunctionTanh: body(KernelFunctionTanh) break;                                       \
  case KernelFunctionReLU: body(KernelFunctionReLU) break;                                       \
  }

static long NAME(apply)(enum KernelFunction f, long count, const Number *x, Number *y) {
  const long width = BYTES / sizeof(Number);
  long i = 0;
#define APPLY(f)                                                                                 \
  for (; i + width <= count; i += width) *(Vec *)(y + i) = NAME(valueOf)(f, *(const Vec *)(x + i));
  EACH_FUNCTION(APPLY)
#undef APPLY
  return i;
}

static long NAME(slopes)(
    enum KernelFunction f, long count, const Number *z, const Number *a, Number *d) {
  const long width = BYTES / sizeof(Number);
  long i = 0;
#define SLOPES(f)                                                                                \
  for (; i + width <= count; i += width)                                                         \
    *(Vec *)(d + i) = *(const Vec *)(d + i) * NAME(slopeOf)(f, *(const Vec *)(z + i), *(const Vec *)(a + i));
  EACH_FUNCTION(SLOPES)
#undef SLOPES
  return i;
}

/// Infinities and NaNs have all ones in the exponent: one more there carries into the sign.
static INLINE Int NAME(carry)(Int bits) {
  const Integer exponent = (((Integer)1 << (8 * sizeof(Number) - 1 - DIGITS)) - 1) << DIGITS;
  return (bits & exponent) + ((Integer)1 << DIGITS);
}

/// `*areFinite` becomes 0 when a number is not finite.
static long NAME(areFinite)(long count, const Number *x, int *areFinite) {
  const long width = BYTES / sizeof(Number);
  Int carries = 0;
  long i = 0;
  for (; i + width <= count; i += width) carries |= NAME(carry)(*(const Int *)(x + i));
  for (int lane = 0; lane < width; lane++) *areFinite &= carries[lane] >= 0;
  return i;
}

#undef EACH_FUNCTION
#undef MAGIC
#undef BIAS
#undef DIGITS
#undef PICK
