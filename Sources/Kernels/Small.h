// Steps of a network whose layers have at most LANES units: a layer's numbers of one example are one vector. What a
// product would do before its first sum takes longer than such sums; and with a batch of one example all that the next
// layer waits for stays in registers. Included for each width by Level.h.

#define PLAIN _Pragma("clang loop unroll(disable) vectorize(disable)")
#define LANE(name) LANES_NAME(name, LANES)
#define LANES_NAME(name, lanes) LANES_NAMED(name, lanes)
#define LANES_NAMED(name, lanes) NAME(name##lanes)
#define Lanes LANE(Lanes)
typedef double Lanes __attribute__((ext_vector_type(LANES), aligned(8 * LANES)));

/// The numbers of example e, or column k.
#define AT(numbers, k) (*(Lanes *)((numbers) + (k) * smallStride))

/// For each lane in use, and no loop.
#define EACH_LANE(i, first, count, body)                                                         \
  UNROLL for (long i = first; i < LANES; i++) {                                                  \
    if (i >= (count)) break;                                                                     \
    body                                                                                         \
  }

/// `a = g(z)`, and notes it and the slope `g′(z)`, and whether a z is not finite.
static INLINE Lanes LANE(activate)(const KernelLayer *layer, long e, Lanes z, int *isFinite) {
  Lanes a = 0, slope;
  switch (layer->function) {
  case KernelFunctionSigmoid:
    EACH_LANE(i, 0, layer->units, {
      if (__builtin_expect(z[i] > -reach && z[i] < reach, 1)) {
        a[i] = sigmoidByTable(z[i]);
      } else {
        a[i] = kernelSigmoidF64(z[i]);
        *isFinite &= z[i] - z[i] == 0;
      }
    })
    slope = a * (1 - a);
    break;
  case KernelFunctionTanh:
    EACH_LANE(i, 0, layer->units, a[i] = kernelTanhF64(z[i]);)
    slope = 1 - a * a;
    break;
  case KernelFunctionReLU:
    a = z > 0 ? z : (Lanes)0;
    slope = z > 0 ? (Lanes)1 : (Lanes)0;
    break;
  default:  // The identity; there are no others.
    a = z;
    slope = 1;
  }
  // Within the sigmoid's table every number is.
  if (layer->function != KernelFunctionSigmoid) *isFinite &= __builtin_reduce_and(z - z == 0) != 0;
  AT(layer->a, e) = a;
  AT(layer->slopes, e) = slope;
  return a;
}

/// `isPlain` where the gradient is the sum itself.
static INLINE Lanes LANE(descended)(Lanes old, Lanes sum, const KernelSmall *s, int isPlain, double shrink) {
  if (!isPlain) {
    sum = sum * s->weight;
    if (shrink != 0) sum = sum + old * shrink;
  }
  return old - sum * s->rate;
}

/// Column j of C goes down by its gradient, the sum of `left[e] · right[e][j]` over the examples; of a single example
/// `left` is `only`.
static INLINE void LANE(descend)(
    const KernelSmall *s, int isPlain, long examples, const double *left, Lanes only, const double *right,
    long rightStep, double *c, long columns, double shrink) {
  PLAIN for (long j = 0; j < columns; j++) {
    const double *r = right + j;
    Lanes sum = (examples == 1 ? only : AT(left, 0)) * *r;
    long e = 1;
    if (examples > 3) {
      UNROLL for (; e < 4; e++) sum = sum + AT(left, e) * r[e * rightStep];
    }
    PLAIN for (; e < examples; e++) sum = sum + AT(left, e) * r[e * rightStep];
    AT(c, j) = LANE(descended)(AT(c, j), sum, s, isPlain, shrink);
  }
}

#define DESCEND(...) LANE(descend)(s, isPlain, examples, __VA_ARGS__)

/// See `kernelTrainSmall`. With a constant 1 of `examples`, what a layer passes on is not read back from memory.
static INLINE long LANE(steps)(const KernelSmall *s, long steps, long examples, const long *order) {
  const KernelLayer *first = s->layers, *last = first + s->count - 1;
  const int isPlain = s->weight == 1 && s->shrink == 0 && s->biasShrink == 0;
  const double one = 1;
  for (long step = 0; step < steps; step++, order += examples) {
    int isFinite = 1;
    Lanes a, d;
    // Forward; the inputs are copied together for the last sums.
    PLAIN for (long e = 0; e < examples; e++) {
      const double *x = s->inputs + order[e] * s->inputStep;
      double *copy = s->batch + e * first->inputs;
      Lanes z = AT(first->weights, 0) * x[0];
      copy[0] = x[0];
      PLAIN for (long k = 1; k < first->inputs; k++) {
        z = z + AT(first->weights, k) * x[k];
        copy[k] = x[k];
      }
      a = LANE(activate)(first, e, z + AT(first->biases, 0), &isFinite);
    }
    PLAIN for (const KernelLayer *l = first + 1; l <= last; l++) {
      PLAIN for (long e = 0; e < examples; e++) {
        if (examples > 1) a = AT(l[-1].a, e);
        Lanes z = AT(l->weights, 0) * a[0];
        EACH_LANE(k, 1, l->inputs, z = z + AT(l->weights, k) * a[k];)
        a = LANE(activate)(l, e, z + AT(l->biases, 0), &isFinite);
      }
    }
    if (!isFinite) return step;
    // δ of the output.
    PLAIN for (long e = 0; e < examples; e++) {
      const double *y = s->targets + order[e] * s->targetStep;
      if (examples > 1) a = AT(last->a, e);
      Lanes target = 0;
      EACH_LANE(i, 0, last->units, target[i] = y[i];)
      d = a - target;
      if (s->scale != 1) d = s->scale * d;
      if (!s->isFused) d = d * AT(last->slopes, e);
      AT(last->delta, e) = d;
    }
    // Backward, and each layer down its gradient once its δ has been passed on.
    PLAIN for (const KernelLayer *l = last; l > first; l--) {
      const KernelLayer *below = l - 1;
      Lanes next;
      PLAIN for (long e = 0; e < examples; e++) {
        if (examples > 1) d = AT(l->delta, e);
        next = AT(l->transposed, 0) * d[0];
        EACH_LANE(i, 1, l->units, next = next + AT(l->transposed, i) * d[i];)
        next = next * AT(below->slopes, e);
        AT(below->delta, e) = next;
      }
      DESCEND(below->a, AT(below->a, 0), l->delta, smallStride, l->transposed, l->units, s->shrink);
      DESCEND(l->delta, d, below->a, smallStride, l->weights, l->inputs, s->shrink);
      DESCEND(l->delta, d, &one, 0, l->biases, 1, s->biasShrink);
      d = next;
    }
    DESCEND(first->delta, d, s->batch, first->inputs, first->weights, first->inputs, s->shrink);
    DESCEND(first->delta, d, &one, 0, first->biases, 1, s->biasShrink);
  }
  return steps;
}

static long LANE(trainSmall)(const KernelSmall *s, long steps, long examples, const long *order) {
  return examples == 1 ? LANE(steps)(s, steps, 1, order) : LANE(steps)(s, steps, examples, order);
}

#undef PLAIN
#undef LANE
#undef LANES_NAME
#undef LANES_NAMED
#undef Lanes
#undef AT
#undef EACH_LANE
#undef DESCEND
#undef LANES
