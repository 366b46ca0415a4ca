// One instruction set's kernels. Included once a level by Kernels.c, which defines
//   LEVEL(name)  the name with the level's suffix
//   BYTES        the width of a vector
//   ROWS, WIDE   the tile: ROWS columns of C by WIDE vectors
// Vectors are the compiler's own (GCC and clang), so this is plain arithmetic on arrays of lanes.

typedef double LEVEL(VecF64) __attribute__((vector_size(BYTES), aligned(8)));
typedef long long LEVEL(IntF64) __attribute__((vector_size(BYTES), aligned(8)));
typedef float LEVEL(VecF32) __attribute__((vector_size(BYTES), aligned(4)));
typedef float LEVEL(HalfF32) __attribute__((vector_size(BYTES / 2), aligned(4)));

#define Number double
#define Vec LEVEL(VecF64)
#define NAME(name) LEVEL(name##F64)
#define Product KernelProductF64
#include "Tile.h"
#undef Number
#undef Vec
#undef NAME
#undef Product

#define Number float
#define Vec LEVEL(VecF32)
#define NAME(name) LEVEL(name##F32)
#define Product KernelProductF32
#include "Tile.h"
#undef Number
#undef Vec
#undef NAME
#undef Product

// MARK: exp, sigmoid, tanh

#define V LEVEL(VecF64)
#define I LEVEL(IntF64)
#define CHOOSE(condition, yes, no) ((V)(((condition) & (I)(yes)) | (~(condition) & (I)(no))))

/// 2ⁿ of the whole number n that `t = 1.5 · 2⁵² + n` holds in its low bits, for −1022 ≤ n ≤ 1023.
static INLINE V LEVEL(powerOfTwo)(V t) { return (V)(((I)t + 1023) << 52); }

/// `eʳ − 1` for |r| ≤ ½ log 2: its series, to the last bit of a double or of a float.
static INLINE V LEVEL(series)(V r, int isShort) {
  V p;
  if (isShort) {
    p = r * (1.0 / 40320) + 1.0 / 5040;
  } else {
    p = r * (1.0 / 6227020800) + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
  }
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  return r + (r * r) * p;
}

/// `x = n log 2 + r`: returns r, and n inside `t` (see `powerOfTwo`).
static INLINE V LEVEL(reduce)(V x, V *t) {
  *t = x * 0x1.71547652b82fep0 + 0x1.8p52;
  V n = *t - 0x1.8p52;
  // log 2 in two parts: the first has 21 bits to spare, so its product with n is exact.
  return (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
}

static INLINE V LEVEL(expV)(V x, int isShort) {
  x = CHOOSE(x < -746, (V){} - 746, x);
  x = CHOOSE(x > 710, (V){} + 710, x);
  V t;
  V r = LEVEL(reduce)(x, &t);
  // In two factors, because 2ⁿ alone may be too small or too large for a double.
  I n = (I)t - (I)((V){} + 0x1.8p52);
  I half = n >> 1;
  V first = (V)((half + 1023) << 52);
  V second = (V)((n - half + 1023) << 52);
  return ((1 + LEVEL(series)(r, isShort)) * first) * second;
}

/// `1 / (1 + e⁻ˣ)`, and `eˣ / (1 + eˣ)` for negative x: no overflow, and small results keep their digits.
static INLINE V LEVEL(sigmoidV)(V x, int isShort) {
  V e = LEVEL(expV)(CHOOSE(x < 0, x, -x), isShort);
  return CHOOSE(x < 0, e, (V){} + 1) / (1 + e);
}

/// `(e^(2|x|) − 1) / (e^(2|x|) + 1)` with the sign of x; e^(2|x|) − 1 keeps its digits near 0.
static INLINE V LEVEL(tanhV)(V x, int isShort) {
  I sign = (I)x & (I)(-(V){});
  V y = (V)((I)x ^ sign);
  y = CHOOSE(y > 20, (V){} + 20, y) * 2;
  V t;
  V r = LEVEL(reduce)(y, &t);
  V power = LEVEL(powerOfTwo)(t);
  V less = power * LEVEL(series)(r, isShort) + (power - 1);
  return (V)((I)(less / (less + 2)) | sign);
}

static INLINE V LEVEL(function)(enum KernelFunction f, V x, int isShort) {
  switch (f) {
  case KernelFunctionExp: return LEVEL(expV)(x, isShort);
  case KernelFunctionSigmoid: return LEVEL(sigmoidV)(x, isShort);
  default: return LEVEL(tanhV)(x, isShort);
  }
}

static INLINE void LEVEL(applyOneF64)(enum KernelFunction f, long count, const double *x, double *y) {
  const long width = BYTES / sizeof(double);
  long i = 0;
  for (; i + width <= count; i += width)
    *(V *)(y + i) = LEVEL(function)(f, *(const V *)(x + i), 0);
  if (i < count) {
    double rest[BYTES / sizeof(double)] = {0};
    memcpy(rest, x + i, (count - i) * sizeof(double));
    *(V *)rest = LEVEL(function)(f, *(V *)rest, 0);
    memcpy(y + i, rest, (count - i) * sizeof(double));
  }
}

/// Floats go through doubles: half the speed, and the result is the rounded exact one nearly always.
static INLINE void LEVEL(applyOneF32)(enum KernelFunction f, long count, const float *x, float *y) {
  typedef LEVEL(HalfF32) Half;
  const long width = BYTES / sizeof(double);
  long i = 0;
  for (; i + width <= count; i += width)
    *(Half *)(y + i) = __builtin_convertvector(
        LEVEL(function)(f, __builtin_convertvector(*(const Half *)(x + i), V), 1), Half);
  if (i < count) {
    float rest[BYTES / sizeof(double)] = {0};
    memcpy(rest, x + i, (count - i) * sizeof(float));
    *(Half *)rest = __builtin_convertvector(
        LEVEL(function)(f, __builtin_convertvector(*(Half *)rest, V), 1), Half);
    memcpy(y + i, rest, (count - i) * sizeof(float));
  }
}

#define APPLY(Number, suffix)                                                                    \
  static void LEVEL(apply##suffix)(                                                              \
      enum KernelFunction f, long count, const Number *x, Number *y) {                           \
    switch (f) {                                                                                 \
    case KernelFunctionExp: LEVEL(applyOne##suffix)(KernelFunctionExp, count, x, y); break;      \
    case KernelFunctionSigmoid: LEVEL(applyOne##suffix)(KernelFunctionSigmoid, count, x, y); break; \
    case KernelFunctionTanh: LEVEL(applyOne##suffix)(KernelFunctionTanh, count, x, y); break;    \
    }                                                                                            \
  }
APPLY(double, F64)
APPLY(float, F32)
#undef APPLY

#undef V
#undef I
#undef CHOOSE
#undef LEVEL
#undef BYTES
#undef ROWS
#undef WIDE
