// The product of one number type at one level; included by Level.h.

/// A tile of C: `wide` vectors of rows by `columns` columns, its sums in registers.
static INLINE void NAME(tile)(Product p, long row, long column, const int columns, const int wide) {
  const long width = BYTES / sizeof(Number);
  const Number *left = p.left + row;
  const Number *right = p.right + column * p.rightColumnStep;
  const long next = p.rightColumnStep;
  Vec sums[ROWS * WIDE];
  UNROLL for (int i = 0; i < columns * wide; i++) sums[i] = (Vec){};
  for (long k = 0; k < p.terms; k++) {
    Vec l[WIDE];
    UNROLL for (int v = 0; v < wide; v++) l[v] = *(const Vec *)(left + v * width);
    // The sum starts from its first product: 0 + x would lose the sign of x = −0.
    if (k == 0) {
      UNROLL for (int c = 0; c < columns; c++) {
        UNROLL for (int v = 0; v < wide; v++) sums[c * wide + v] = l[v] * right[c * next];
      }
    } else {
      UNROLL for (int c = 0; c < columns; c++) {
        UNROLL for (int v = 0; v < wide; v++) sums[c * wide + v] += l[v] * right[c * next];
      }
    }
    left += p.leftStep;
    right += p.rightTermStep;
  }

  Number *into = p.into + column * p.intoStep + row;
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
  case KernelEndingAddBiases: EACH(sum + *(const Vec *)(p.biases + row + v * width)) break;
  case KernelEndingDescend:
    if (p.shrink == 0) {
      EACH(*target - sum * p.weight * p.rate)
    } else {
      EACH(*target - (sum * p.weight + *target * p.shrink) * p.rate)
    }
  }
#undef EACH
}

static void NAME(product)(const Product *product) {
  const Product p = *product;
  const long width = BYTES / sizeof(Number);
  // What is to be fetched is spread over the tiles.
  long lines = (p.fetch.bytes + 63) / 64 * p.fetch.count, fetched = 0;
  long tiles = (p.rows / (WIDE * width)) * (p.columns / ROWS + 1);
  long share = (lines + tiles - 1) / tiles;
  for (long row = 0; row < p.rows; row += WIDE * width) {
    long column = 0;
    for (; column + ROWS <= p.columns; column += ROWS) {
      if (fetched < lines) {
        long until = fetched + share < lines ? fetched + share : lines;
        fetchLines(&p.fetch, fetched, until);
        fetched = until;
      }
      NAME(tile)(p, row, column, ROWS, WIDE);
    }
#define REST(count) case count: NAME(tile)(p, row, column, count, WIDE); break;
    switch (p.columns - column) {
#if ROWS > 5
      REST(15) REST(14) REST(13) REST(12) REST(11) REST(10) REST(9) REST(8) REST(7) REST(6) REST(5)
#endif
      REST(4) REST(3) REST(2) REST(1)
    }
#undef REST
  }
}
