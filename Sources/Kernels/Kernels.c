// The kernels at every level, and the choice of the level. README.md explains the blocking.
#include "Kernels.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

// A product and a sum are rounded apart, so that every processor gives the same bits.
#pragma STDC FP_CONTRACT OFF

#define INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Every processor: SSE2, or NEON with its 32 registers.
#define LEVEL(name) name##Base
#define BYTES 16
#define ROWS 5
#define WIDE 2
#include "Level.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define LEVEL(name) name##AVX2
#define BYTES 32
#define ROWS 5
#define WIDE 2
#include "Level.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl"))), apply_to = function)
#define LEVEL(name) name##AVX512
#define BYTES 64
#define ROWS 16
#define WIDE 1
#include "Level.h"
#pragma clang attribute pop
#endif

typedef struct {
  void (*productF64)(const KernelProductF64 *);
  void (*productF32)(const KernelProductF32 *);
  void (*applyF64)(enum KernelFunction, long, const double *, double *);
  void (*applyF32)(enum KernelFunction, long, const float *, float *);
} Level;

#define TABLE(name) {productF64##name, productF32##name, applyF64##name, applyF32##name}
static const Level levels[] = {
    TABLE(Base),
#if defined(__x86_64__)
    TABLE(AVX2),
    TABLE(AVX512),
#endif
};

int kernelLevelCount(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2")) return 1;
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
             ? 3
             : 2;
#else
  return 1;
#endif
}

static _Atomic int chosen = 0;

int kernelSetLevel(int level) {
  int best = kernelLevelCount();
  int used = level >= 1 && level < best ? level : best;
  atomic_store_explicit(&chosen, used, memory_order_relaxed);
  return used;
}

static INLINE const Level *best(void) {
  int level = atomic_load_explicit(&chosen, memory_order_relaxed);
  return &levels[(level ? level : kernelSetLevel(0)) - 1];
}

void kernelProductF64(const KernelProductF64 *p) {
  if (p->rows > 0 && p->columns > 0) best()->productF64(p);
}
void kernelProductF32(const KernelProductF32 *p) {
  if (p->rows > 0 && p->columns > 0) best()->productF32(p);
}

void kernelApplyF64(enum KernelFunction f, long count, const double *x, double *y) {
  // Narrow vectors divide sooner.
  if (count <= 2) {
    applyF64Base(f, count, x, y);
    return;
  }
  best()->applyF64(f, count, x, y);
}
void kernelApplyF32(enum KernelFunction f, long count, const float *x, float *y) {
  best()->applyF32(f, count, x, y);
}

// Infinities and NaNs have all ones in the exponent: one more there carries into the sign.
#define COPY(suffix, Number, Bits, exponent, one)                                                \
  int kernelCopy##suffix(long count, const Number *from, Number *to) {                           \
    Bits carries = 0;                                                                            \
    for (long i = 0; i < count; i++) {                                                           \
      Bits bits;                                                                                 \
      memcpy(&bits, from + i, sizeof bits);                                                      \
      carries |= (bits & exponent) + one;                                                        \
      memcpy(to + i, &bits, sizeof bits);                                                        \
    }                                                                                            \
    return !(carries >> (8 * sizeof(Bits) - 1));                                         \
  }
COPY(F64, double, uint64_t, 0x7FF0000000000000u, 0x0010000000000000u)
COPY(F32, float, uint32_t, 0x7F800000u, 0x00800000u)

// Blocks of so many rows and columns at a time: whole cache lines are read and written.
#define TRANSPOSE(suffix, Number, SIDE)                                                            \
  void kernelTranspose##suffix(                                                                  \
      long rows, long columns, const Number *from, long step, Number *to, long toStep) {         \
    for (long j = 0; j < columns; j += SIDE) {                                                     \
      for (long i = 0; i < rows; i += SIDE) {                                                      \
        long right = j + SIDE < columns ? j + SIDE : columns, low = i + SIDE < rows ? i + SIDE : rows; \
        for (long c = j; c < right; c++)                                                         \
          for (long r = i; r < low; r++) to[r * toStep + c] = from[c * step + r];                \
      }                                                                                          \
    }                                                                                            \
  }
TRANSPOSE(F64, double, 8)
TRANSPOSE(F32, float, 16)

static INLINE double one(enum KernelFunction f, double x) {
  VecF64Base v = {x, x};
  return functionBase(f, v, 0)[0];
}
double kernelExpF64(double x) { return one(KernelFunctionExp, x); }
double kernelSigmoidF64(double x) { return one(KernelFunctionSigmoid, x); }
double kernelTanhF64(double x) { return one(KernelFunctionTanh, x); }
