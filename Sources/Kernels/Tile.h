// The product of one number type at one level; included by Level.h.

/// A tile of C: `wide` vectors of rows by `columns` columns, its sums in registers.
static INLINE void NAME(tile)(
    KernelProduct p, long row, long column, const int columns, const int wide, const int isByTerm,
    const int isBytes) {
  const long width = BYTES / sizeof(Number);
  const Number *left = (const Number *)p.left + row, *const *right = p.right, *biases = p.biases;
  const Number *numbers = p.numbers;
  const unsigned char *const *bytes = p.right;
  Number *into = (Number *)p.into + column * p.intoStep + row;
  const Number rate = p.rate, weight = p.weight, shrink = p.shrink;
  // The numbers that the sums are taken from at the end: they come from the second cache meanwhile.
  if (isByTerm) {
    UNROLL for (int c = 0; c < columns; c++) __builtin_prefetch(into + c * p.intoStep, 1);
  }
  // Bytes are read many at a time: their numbers take a read each, and the processor has few to spare.
  enum { run = 64 };
  unsigned char near[ROWS][run];
  unsigned long eights[(ROWS + 7) / 8];
  Vec sums[ROWS * WIDE];
  UNROLL for (int i = 0; i < columns * wide; i++) sums[i] = (Vec)0;
  for (long k = 0; k < p.terms; k++) {
    Vec l[WIDE];
    UNROLL for (int v = 0; v < wide; v++) l[v] = *(const Vec *)(left + v * width);
    const Number *term = isByTerm && !isBytes ? right[k] + column : 0;
    if (isBytes && isByTerm) {
      UNROLL for (int c = 0; c < columns; c += 8)
        __builtin_memcpy(&eights[c / 8], bytes[k] + column + c, columns - c < 8 ? columns - c : 8);
    } else if (isBytes && k % run == 0) {
      UNROLL for (int c = 0; c < columns; c++) {
        const unsigned char *from = bytes[column + c] + k;
        if (p.terms - k >= run) {
          __builtin_memcpy(near[c], from, run);
        } else {
          __builtin_memcpy(near[c], from, p.terms - k);
        }
      }
    }
    // The sum starts from its first product: 0 + x would lose the sign of x = −0.
#define EACH(operation)                                                                          \
  UNROLL for (int c = 0; c < columns; c++) {                                                     \
    Number r = isBytes ? numbers[isByTerm ? eights[c / 8] >> c % 8 * 8 & 255 : near[c][k % run]]   \
               : isByTerm ? term[c] : right[column + c][k];                                      \
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

static INLINE void NAME(tiles)(KernelProduct p, const int isByTerm, const int isBytes) {
  const long width = BYTES / sizeof(Number);
  for (long row = 0; row < p.rows; row += WIDE * width) {
    long column = 0;
    for (; column + ROWS <= p.columns; column += ROWS)
      NAME(tile)(p, row, column, ROWS, WIDE, isByTerm, isBytes);
#define REST(count) case count: NAME(tile)(p, row, column, count, WIDE, isByTerm, isBytes); break;
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
  switch (2 * p->isByTerm + (p->numbers != 0)) {
  case 0: NAME(tiles)(*p, 0, 0); break;
  case 1: NAME(tiles)(*p, 0, 1); break;
  case 2: NAME(tiles)(*p, 1, 0); break;
  case 3: NAME(tiles)(*p, 1, 1); break;
  }
}
