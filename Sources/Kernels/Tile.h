// The product of one number type at one level; included by Level.h.

/// A tile of C: `wide` vectors of rows by `columns` columns, its sums in registers.
static INLINE void NAME(tile)(
    KernelProduct p, long row, long column, const int columns, const int wide, const int isByTerm) {
  const long width = BYTES / sizeof(Number);
  const Number *left = (const Number *)p.left + row, *const *right = p.right, *biases = p.biases;
  Number *into = (Number *)p.into + column * p.intoStep + row;
  const Number rate = p.rate, weight = p.weight, shrink = p.shrink;
  // The numbers that the sums are taken from at the end: they come from the second cache meanwhile.
  if (isByTerm) {
    UNROLL for (int c = 0; c < columns; c++) __builtin_prefetch(into + c * p.intoStep, 1);
  }
  Vec sums[ROWS * WIDE];
  UNROLL for (int i = 0; i < columns * wide; i++) sums[i] = (Vec)0;
  for (long k = 0; k < p.terms; k++) {
    Vec l[WIDE];
    UNROLL for (int v = 0; v < wide; v++) l[v] = *(const Vec *)(left + v * width);
    const Number *term = isByTerm ? right[k] + column : 0;
    // The sum starts from its first product: 0 + x would lose the sign of x = −0.
#define EACH(operation)                                                                          \
  UNROLL for (int c = 0; c < columns; c++) {                                                     \
    Number r = isByTerm ? term[c] : right[column + c][k];                                      \
    UNROLL for (int v = 0; v < wide; v++) sums[c * wide + v] operation l[v] * r;                 \
  }
    if (k == 0) {
      EACH(=)
    } else {
      EACH(+=)
    }
#undef EACH
    left += p.leftStep;
  }

#define EACH(value)                                                                              \
  UNROLL for (int c = 0; c < columns; c++) {                                                     \
    UNROLL for (int v = 0; v < wide; v++) {                                                      \
      Vec *target = (Vec *)(into + c * p.intoStep + v * width);                                  \
      Vec sum = sums[c * wide + v];                                                              \
      *target = value;                                                                           \
    }                                                                                            \
  }
  switch (p.ending) {
  case KernelEndingStore: EACH(sum) break;
  case KernelEndingAddBiases: EACH(sum + *(const Vec *)(biases + row + v * width)) break;
  case KernelEndingDescend:
    if (shrink == 0) {
      EACH(*target - sum * weight * rate)
    } else {
      EACH(*target - (sum * weight + *target * shrink) * rate)
    }
  }
#undef EACH
}

static INLINE void NAME(tiles)(KernelProduct p, const int isByTerm) {
  const long width = BYTES / sizeof(Number);
  for (long row = 0; row < p.rows; row += WIDE * width) {
    long column = 0;
    for (; column + ROWS <= p.columns; column += ROWS)
      NAME(tile)(p, row, column, ROWS, WIDE, isByTerm);
#define REST(count) case count: NAME(tile)(p, row, column, count, WIDE, isByTerm); break;
    switch (p.columns - column) {
#if ROWS > 5
      REST(15) REST(14) REST(13) REST(12) REST(11) REST(10) REST(9) REST(8) REST(7) REST(6) REST(5)
#endif
      REST(4) REST(3) REST(2) REST(1)
    }
#undef REST
  }
}

static void NAME(product)(const KernelProduct *p) {
  if (p->isByTerm) {
    NAME(tiles)(*p, 1);
  } else {
    NAME(tiles)(*p, 0);
  }
}
