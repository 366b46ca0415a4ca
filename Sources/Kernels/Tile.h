// The product of one number type at one level; included by Level.h.

/// A tile of C: `wide` vectors of rows by `columns` columns, its sums in registers.
static INLINE void NAME(tile)(
    const Product *p, long row, long column, const int columns, const int wide) {
  const long width = BYTES / sizeof(Number);
  const Number *left = p->left + row;
  const Number *right = p->right + column * p->rightColumnStep;
  const long leftStep = p->leftStep, step = p->rightTermStep, next = p->rightColumnStep;
  Vec sums[ROWS * WIDE];
  // −0 + x is x, for x = −0 too: the sum starts from its first product. A sum of nothing is +0.
  Vec start = p->terms > 0 ? -(Vec){} : (Vec){};
  UNROLL for (int i = 0; i < columns * wide; i++) sums[i] = start;
  for (long k = 0; k < p->terms; k++) {
    Vec l[WIDE];
    UNROLL for (int v = 0; v < wide; v++) l[v] = *(const Vec *)(left + v * width);
    UNROLL for (int c = 0; c < columns; c++) {
      UNROLL for (int v = 0; v < wide; v++)
        sums[c * wide + v] += l[v] * right[c * next];
    }
    left += leftStep;
    right += step;
  }
  Number *into = p->into + column * p->intoStep + row;
  UNROLL for (int c = 0; c < columns; c++) {
    UNROLL for (int v = 0; v < wide; v++) {
      Vec *target = (Vec *)(into + v * width);
      Vec sum = sums[c * wide + v];
      if (p->ending == KernelEndingAddBiases) {
        sum = sum + *(const Vec *)(p->biases + row + v * width);
      } else if (p->ending == KernelEndingDescend) {
        sum = sum * p->weight;
        if (p->shrink != 0) sum = sum + *target * p->shrink;
        sum = *target - sum * p->rate;
      }
      *target = sum;
    }
    into += p->intoStep;
  }
}

/// `wide` vectors of rows from `row`, in the columns `first ..< last`, tile by tile.
static INLINE void NAME(panel)(const Product *p, long row, long first, long last, const int wide) {
  long column = first;
  for (; column + ROWS <= last; column += ROWS) NAME(tile)(p, row, column, ROWS, wide);
#define REST(count) case count: NAME(tile)(p, row, column, count, wide); break;
  switch (last - column) {
#if ROWS > 6
    REST(15) REST(14) REST(13) REST(12) REST(11) REST(10) REST(9) REST(8) REST(7) REST(6)
#endif
#if ROWS > 5
    REST(5)
#endif
    REST(4) REST(3) REST(2) REST(1)
  }
#undef REST
}

static void NAME(product)(const Product *p) {
  const long width = BYTES / sizeof(Number);
  for (long row = 0; row < p->rows; row += WIDE * width) NAME(panel)(p, row, 0, p->columns, WIDE);
}
