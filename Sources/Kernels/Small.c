// The step of a small network. Its sums have a few terms, so that calling a vector kernel, and even what a compiler
// does before an unrolled loop, would take longer than the sums.
#include "Kernels.h"

#pragma STDC FP_CONTRACT OFF

#define PLAIN _Pragma("clang loop unroll(disable) vectorize(disable)")

/// `Z = W A + b`, `A = g(Z)`; 0 when a sum is not finite.
static int forward(const KernelLayer *layer, long examples, const double *const *inputs, const double *below) {
  const long units = layer->units;
  const double *weights = layer->weights, *biases = layer->biases;
  double *z = layer->z, zeros = 0;
  PLAIN for (long e = 0; e < examples; e++) {
    const double *x = below ? below + e * layer->inputs : inputs[e];
    PLAIN for (long i = 0; i < units; i++) {
      const double *w = weights + i;
      double sum = *w * x[0];
      PLAIN for (long k = 1; k < layer->inputs; k++) {
        w += units;
        sum = sum + *w * x[k];
      }
      *z = sum + biases[i];
      zeros += *z - *z;
      z++;
    }
  }
  kernelApplyF64(layer->function, units * examples, layer->z, layer->a);
  return zeros == 0;
}

/// `δ = Wᵀ δ` of the layer above, not yet times the slope.
static void backward(const KernelLayer *layer, const KernelLayer *above, long examples) {
  const long units = above->units;
  double *delta = layer->delta;
  PLAIN for (long e = 0; e < examples; e++) {
    const double *d = (const double *)above->delta + e * units, *w = above->weights;
    PLAIN for (long i = 0; i < layer->units; i++) {
      double sum = w[0] * d[0];
      PLAIN for (long k = 1; k < units; k++) sum = sum + w[k] * d[k];
      *delta++ = sum;
      w += units;
    }
  }
}

static inline double descended(double old, double sum, const KernelSmallStep *s, double shrink) {
  double slope = sum * s->weight;
  if (shrink != 0) slope = slope + old * shrink;
  return old - slope * s->rate;
}

static void descend(const KernelLayer *layer, const KernelSmallStep *s, const double *below) {
  const long units = layer->units, inputs = layer->inputs;
  const double *delta = layer->delta;
  double *w = layer->weights, *b = layer->biases;
  PLAIN for (long k = 0; k < inputs; k++) {
    PLAIN for (long i = 0; i < units; i++) {
      const double *d = delta + i;
      double sum = *d * (below ? below[k] : s->inputs[0][k]);
      PLAIN for (long e = 1; e < s->examples; e++) {
        d += units;
        sum = sum + *d * (below ? below[e * inputs + k] : s->inputs[e][k]);
      }
      *w = descended(*w, sum, s, s->shrink);
      w++;
    }
  }
  PLAIN for (long i = 0; i < units; i++) {
    const double *d = delta + i;
    double sum = *d;
    PLAIN for (long e = 1; e < s->examples; e++) sum = sum + *(d += units);
    b[i] = descended(b[i], sum, s, s->biasShrink);
  }
}

int kernelSmallStep(const KernelSmallStep *s) {
  const KernelLayer *layers = s->layers, *last = layers + s->count - 1;
  PLAIN for (const KernelLayer *l = layers; l <= last; l++) {
    if (!forward(l, s->examples, s->inputs, l == layers ? 0 : l[-1].a)) return 0;
  }
  const double *a = last->a;
  double *delta = last->delta;
  PLAIN for (long e = 0; e < s->examples; e++) {
    PLAIN for (long i = 0; i < last->units; i++) *delta++ = s->scale * (*a++ - s->targets[e][i]);
  }
  PLAIN for (const KernelLayer *l = last; l >= layers; l--) {
    if (l < last) backward(l, l + 1, s->examples);
    if (l < last || !s->isFused)
      kernelSlopesF64(l->function, l->units * s->examples, l->z, l->a, l->delta);
  }
  PLAIN for (const KernelLayer *l = layers; l <= last; l++) descend(l, s, l == layers ? 0 : l[-1].a);
  return 1;
}
