// The product of one number type at one level; included by Level.h.

/// A tile of C: `wide` vectors of rows by `columns` columns, its sums in registers. Where `lanes` is less
/// than a vector, only the first `lanes` rows are there.
static INLINE void NAME(tile)(
    const Product *p, long row, long column, const int columns, const int wide, const int isPart,
    long lanes) {
  const long width = BYTES / sizeof(Number);
  const Number *left = p->left + row;
  const Number *right = p->right + column * p->rightColumnStep;
  const long rows = p->rows, step = p->rightTermStep, next = p->rightColumnStep;
  Vec sums[ROWS * WIDE];
  // −0 + x is x, for x = −0 too: the sum starts from its first product. A sum of nothing is +0.
  Vec start = p->terms > 0 ? -(Vec){} : (Vec){};
  UNROLL for (int i = 0; i < columns * wide; i++) sums[i] = start;

  // A part of a vector is read whole, over the edge into the next column, as long as there is one.
  long whole = p->terms;
  if (isPart) {
    long safe = (rows * p->terms - row - width) / rows + 1;
    whole = rows * p->terms - row < width ? 0 : safe < p->terms ? safe : p->terms;
  }
  long k = 0;
  for (; k < whole; k++) {
    Vec l[WIDE];
    UNROLL for (int v = 0; v < wide; v++) l[v] = *(const Vec *)(left + v * width);
    UNROLL for (int c = 0; c < columns; c++) {
      UNROLL for (int v = 0; v < wide; v++)
        sums[c * wide + v] += l[v] * right[c * next];
    }
    left += rows;
    right += step;
  }
  if (isPart) {
    for (; k < p->terms; k++) {
      Number edge[BYTES / sizeof(Number)] = {0};
      for (long i = 0; i < lanes; i++) edge[i] = left[i];
      UNROLL for (int c = 0; c < columns; c++) sums[c] += *(Vec *)edge * right[c * next];
      left += rows;
      right += step;
    }
  }

  UNROLL for (int c = 0; c < columns; c++) {
    UNROLL for (int v = 0; v < wide; v++) {
      Number *into = p->into + (column + c) * rows + row + v * width;
      Number old[BYTES / sizeof(Number)];
      Vec sum = sums[c * wide + v];
      if (p->ending != KernelEndingStore) {
        const Number *from =
            p->ending == KernelEndingDescend ? into : p->biases + row + v * width;
        Vec other;
        if (isPart) {
          for (long i = 0; i < width; i++) old[i] = i < lanes ? from[i] : 0;
          other = *(Vec *)old;
        } else {
          other = *(const Vec *)from;
        }
        if (p->ending == KernelEndingAddBiases) {
          sum = sum + other;
        } else {
          sum = sum * p->weight;
          if (p->shrink != 0) sum = sum + other * p->shrink;
          sum = other - sum * p->rate;
        }
      }
      if (isPart) {
        *(Vec *)old = sum;
        for (long i = 0; i < lanes; i++) into[i] = old[i];
      } else {
        *(Vec *)into = sum;
      }
    }
  }
}

/// Rows `row ..< row + lanes` of the columns `first ..< last`, tile by tile.
static INLINE void NAME(panel)(
    const Product *p, long row, long first, long last, const int wide, const int isPart,
    long lanes) {
  long column = first;
  for (; column + ROWS <= last; column += ROWS)
    NAME(tile)(p, row, column, ROWS, wide, isPart, lanes);
#define REST(count) case count: NAME(tile)(p, row, column, count, wide, isPart, lanes); break;
  switch (last - column) {
#if ROWS > 5
    REST(15) REST(14) REST(13) REST(12) REST(11) REST(10) REST(9) REST(8) REST(7) REST(6) REST(5)
#endif
    REST(4) REST(3) REST(2) REST(1)
  }
#undef REST
}

static void NAME(product)(const Product *p, long first, long last) {
  const long width = BYTES / sizeof(Number);
  long row = 0;
  for (; row + WIDE * width <= p->rows; row += WIDE * width)
    NAME(panel)(p, row, first, last, WIDE, 0, width);
#if WIDE > 1
  for (; row + width <= p->rows; row += width) NAME(panel)(p, row, first, last, 1, 0, width);
#endif
  if (row < p->rows) NAME(panel)(p, row, first, last, 1, 1, p->rows - row);
}
