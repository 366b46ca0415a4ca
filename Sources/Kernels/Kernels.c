// The kernels at every level, and the choice of the level. README.md explains the blocking.
#include "Kernels.h"

#include <stdatomic.h>

// A product and a sum are rounded apart, so that every processor gives the same bits.
#pragma STDC FP_CONTRACT OFF

// Nobody steps through a tile, and to describe all of them takes as long as to compile them.
#define INLINE inline __attribute__((always_inline, nodebug))
#define UNROLL _Pragma("clang loop unroll(full)")

// What takes vectors is inlined, so it does not matter how vectors would be passed.
#pragma clang diagnostic ignored "-Wpsabi"

#include "Twofold.h"
#include "Sigmoid.h"

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

#define TABLE(suffix, Number)                                                                    \
  struct {                                                                                       \
    void (*product)(const KernelProduct *);                                                      \
    long (*apply)(enum KernelFunction, long, const Number *, Number *);                          \
    long (*slopes)(enum KernelFunction, long, const Number *, const Number *, Number *);         \
    long (*areFinite)(long, const Number *, int *);                                              \
  } suffix

typedef struct {
  TABLE(F64, double);
  TABLE(F32, float);
  /// Of layers of at most 2, 4 and 8 units.
  long (*trainSmall[3])(const KernelSmall *, long, long, const long *);
} Level;

#define ENTRY(name) {product##name, apply##name, slopes##name, areFinite##name}
#define LEVEL_ENTRY(name)                                                                        \
  {ENTRY(F64##name), ENTRY(F32##name), {trainSmall2F64##name, trainSmall4F64##name, trainSmall8F64##name}}
static const Level levels[] = {
    LEVEL_ENTRY(Base),
#if defined(__x86_64__)
    LEVEL_ENTRY(AVX2),
    LEVEL_ENTRY(AVX512),
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

// Loops do whole vectors, as wide ones as there are, and then single numbers as a vector's first lane: all have
// the same bits. Of a few numbers, which may just have been written one by one, none is read as part of a vector:
// the processor would wait until they are in the cache.
enum { few = 4 };

#define KERNELS(suffix, Number)                                                                  \
  void kernelProduct##suffix(const KernelProduct *p) {                                           \
    if (p->rows > 0 && p->columns > 0) best()->suffix.product(p);                                \
  }                                                                                              \
  static INLINE Number one##suffix(enum KernelFunction f, Number x) {                            \
    if (sizeof(Number) == 8 && f == KernelFunctionSigmoid && x > -reach && x < reach)            \
      return sigmoidByTable(x);                                                                  \
    return valueOf##suffix##Base(f, (Vec##suffix##Base)x)[0];                                    \
  }                                                                                              \
  void kernelApply##suffix(enum KernelFunction f, long count, const Number *x, Number *y) {      \
    long i = count > few ? best()->suffix.apply(f, count, x, y) : 0;                             \
    if (count - i > 1) i += apply##suffix##Base(f, count - i, x + i, y + i);                     \
    for (; i < count; i++) y[i] = one##suffix(f, x[i]);                                          \
  }                                                                                              \
  void kernelSlopes##suffix(                                                                     \
      enum KernelFunction f, long count, const Number *z, const Number *a, Number *d) {          \
    long i = count > few ? best()->suffix.slopes(f, count, z, a, d) : 0;                         \
    for (; i < count; i++) {                                                                     \
      Vec##suffix##Base slope =                                                                  \
          slopeOf##suffix##Base(f, (Vec##suffix##Base)z[i], (Vec##suffix##Base)a[i]);            \
      d[i] = d[i] * slope[0];                                                                    \
    }                                                                                            \
  }                                                                                              \
  int kernelAreFinite##suffix(long count, const Number *x) {                                     \
    int areFinite = 1;                                                                           \
    long i = count > few ? best()->suffix.areFinite(count, x, &areFinite) : 0;                   \
    for (; i < count; i++) areFinite &= x[i] - x[i] == 0;                                        \
    return areFinite;                                                                            \
  }                                                                                              \
  int kernelAreDistributions##suffix(long rows, long columns, const Number *y, Number tolerance) {\
    typedef Vec##suffix##Base Vec;                                                               \
    enum { width = 16 / sizeof(Number) };                                                        \
    Vec least = (Vec)0;                                                                          \
    Number lowest = 0;                                                                           \
    int areOnes = 1;                                                                             \
    for (; columns > 0; columns--) {                                                             \
      Vec sums = (Vec)0;                                                                         \
      Number sum = 0;                                                                            \
      long i = 0;                                                                                \
      for (; i + width <= rows; i += width, y += width) {                                        \
        Vec numbers = *(const Vec *)y;                                                           \
        sums += numbers;                                                                         \
        least = numbers < least ? numbers : least;                                               \
      }                                                                                          \
      for (; i < rows; i++, y++) {                                                               \
        sum += *y;                                                                               \
        lowest = *y < lowest ? *y : lowest;                                                      \
      }                                                                                          \
      UNROLL for (int lane = 0; lane < width; lane++) sum += sums[lane];                         \
      areOnes &= (sum - 1 < tolerance) & (1 - sum < tolerance);                                  \
    }                                                                                            \
    UNROLL for (int lane = 0; lane < width; lane++) lowest = least[lane] < lowest ? least[lane] : lowest;\
    return areOnes && lowest == 0;                                                               \
  }                                                                                              \
  Number kernelExp##suffix(Number x) { return one##suffix(KernelFunctionExp, x); }               \
  Number kernelSigmoid##suffix(Number x) { return one##suffix(KernelFunctionSigmoid, x); }       \
  Number kernelTanh##suffix(Number x) { return one##suffix(KernelFunctionTanh, x); }

KERNELS(F64, double)
KERNELS(F32, float)

long kernelTrainSmall(const KernelSmall *network, long steps, long examples, const long *order) {
  long units = 0;
  for (long l = 0; l < network->count; l++)
    if (units < network->layers[l].units) units = network->layers[l].units;
  return best()->trainSmall[units > 4 ? 2 : units > 2](network, steps, examples, order);
}

void kernelFetch(long count, const void *const *pieces, long bytes) {
  enum { page = 4096, line = 64, lines = 4 };
  // The processor goes on by itself, up to the end of the page.
  for (long i = 0; i < count; i++)
    for (long at = 0; at < bytes; at += page)
      for (long l = 0; l < lines; l++)
        __builtin_prefetch((const char *)pieces[i] + at + l * line, 0, 2);
}

// Squares of SIDE × SIDE numbers in vectors of the base level, and the rest one by one.
#define TRANSPOSE(suffix, Number, SIDE, EXCHANGE)                                                \
  void kernelTranspose##suffix(                                                                  \
      long rows, long columns, const Number *from, long step, Number *to, long toStep) {         \
    typedef Vec##suffix##Base Vec;                                                               \
    long bottom = rows / SIDE * SIDE, right = columns / SIDE * SIDE;                             \
    for (long i = 0; i < bottom; i += SIDE) {                                                    \
      for (long j = 0; j < right; j += SIDE) {                                                   \
        Vec v[SIDE];                                                                             \
        UNROLL for (int k = 0; k < SIDE; k++) v[k] = *(const Vec *)(from + (j + k) * step + i);  \
        EXCHANGE                                                                                 \
        UNROLL for (int k = 0; k < SIDE; k++) *(Vec *)(to + (i + k) * toStep + j) = v[k];        \
      }                                                                                          \
    }                                                                                            \
    for (long i = 0; i < rows; i++)                                                              \
      for (long j = i < bottom ? right : 0; j < columns; j++)                                    \
        to[i * toStep + j] = from[j * step + i];                                                 \
  }
#define EXCHANGE2                                                                                \
  Vec low = v[0];                                                                                \
  v[0] = __builtin_shufflevector(low, v[1], 0, 2);                                               \
  v[1] = __builtin_shufflevector(low, v[1], 1, 3);
#define EXCHANGE4                                                                                \
  Vec a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5);                                       \
  Vec b = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5);                                       \
  Vec c = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);                                       \
  Vec d = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);                                       \
  v[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);                                              \
  v[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);                                              \
  v[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);                                              \
  v[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
TRANSPOSE(F64, double, 2, EXCHANGE2)
TRANSPOSE(F32, float, 4, EXCHANGE4)
