// Layer-sized arithmetic for `Double` and `Float`. README.md beside this folder explains the blocking.
#ifndef KERNELS_H
#define KERNELS_H

/// What is done with the finished sums of a product.
enum KernelEnding {
  /// C := S
  KernelEndingStore,
  /// C := S + b, one b a row
  KernelEndingAddBiases,
  /// C := C − rate · (weight · S + shrink · C); without the last term where shrink is 0
  KernelEndingDescend
};

/// `S = Σₖ left(i, k) · right(k, j)`, the terms added in the order of k, product and sum rounded apart.
///
/// `left` and `into` lie column by column, their columns `leftStep` and `intoStep` apart, and `rows` is a multiple of
/// the numbers in 64 bytes. Of `right` there is a pointer to each column, or, with `isByTerm`, to each row, which is
/// one term's. The pointers are to numbers of the function's type; or of `right` to bytes, where `numbers` has the
/// number of each byte and is not null.
typedef struct {
  long rows, columns, terms;
  const void *left;
  long leftStep;
  const void *right;
  int isByTerm;
  const void *numbers;
  void *into;
  long intoStep;
  enum KernelEnding ending;
  const void *biases;
  double rate, weight, shrink;
} KernelProduct;

void kernelProductF64(const KernelProduct *product);
void kernelProductF32(const KernelProduct *product);

enum KernelFunction {
  KernelFunctionIdentity,
  KernelFunctionExp,
  KernelFunctionSigmoid,
  KernelFunctionTanh,
  KernelFunctionReLU
};

/// `y[i] = f(x[i])`; x and y may be the same.
void kernelApplyF64(enum KernelFunction f, long count, const double *x, double *y);
void kernelApplyF32(enum KernelFunction f, long count, const float *x, float *y);

/// `d[i] = d[i] · f′(z[i])`, from z and `a[i] = f(z[i])`.
void kernelSlopesF64(enum KernelFunction f, long count, const double *z, const double *a, double *d);
void kernelSlopesF32(enum KernelFunction f, long count, const float *z, const float *a, float *d);

/// Has the beginning of each piece of so many bytes, in each page, fetched into the cache.
void kernelFetch(long count, const void *const *pieces, long bytes);

/// `to(j, i) = from(i, j)`; columns lie `step` and `toStep` apart.
void kernelTransposeF64(long rows, long columns, const double *from, long step, double *to, long toStep);
void kernelTransposeF32(long rows, long columns, const float *from, long step, float *to, long toStep);

/// 1 when all numbers are finite, else 0.
int kernelAreFiniteF64(long count, const double *x);
int kernelAreFiniteF32(long count, const float *x);

/// 1 when each column is of numbers from 0 that add up to 1, within the tolerance, else 0.
int kernelAreDistributionsF64(long rows, long columns, const double *y, double tolerance);
int kernelAreDistributionsF32(long rows, long columns, const float *y, float tolerance);

/// The same functions of one number: the same bits.
double kernelExpF64(double x);
double kernelSigmoidF64(double x);
double kernelTanhF64(double x);
float kernelExpF32(float x);
float kernelSigmoidF32(float x);
float kernelTanhF32(float x);

/// The natural logarithm of `x + rest`, whose rest is below the last digit of x; within 0.55 units of the last place,
/// as are the next three.
double kernelLog(double x, double rest);
double kernelLog2(double x);
/// For x from 0 to 2π; some turns further the relative error grows, but not the absolute one.
double kernelCos(double x);
double kernelSin(double x);

/// The instruction sets that this processor has: 1 the baseline, 2 AVX2 too, 3 AVX-512 too.
int kernelLevelCount(void);
/// Uses no more than this level, for tests; 0 goes back to the best. Returns the level in use.
int kernelSetLevel(int level);

/// Numbers of one column to the next in a small network, and the most units of a layer.
enum { smallStride = 8 };

/// One layer of a small network; what it has of each input, unit or example lies in a column.
typedef struct {
  long units, inputs;
  enum KernelFunction function;
  /// δ, and what the units' slopes are at each example.
  double *weights, *transposed, *biases, *a, *slopes, *delta;
} KernelLayer;

/// A network of layers of a few units, and how it is trained: with the bits of the products, functions and slopes
/// above, one after the other.
typedef struct {
  const KernelLayer *layers;
  long count;
  /// An example is a column.
  const double *inputs, *targets;
  long inputStep, targetStep;
  /// Memory for the inputs of one step.
  double *batch;
  /// δ of the output is `scale · (a − y)`, and not yet times the slope unless it is fused with the loss.
  double scale;
  int isFused;
  double rate, weight, shrink, biasShrink;
} KernelSmall;

/// Steps of gradient descent, each on the next so many examples in order. Returns how many it made: before one in which
/// a sum is not finite it stops, with the parameters as they are.
long kernelTrainSmall(const KernelSmall *network, long steps, long examples, const long *order);

/// Runs `half(work, 0)` here and `half(work, 1)` on a second thread; 0, and nothing is done, where there
/// is none or it is busy with another's work.
int kernelTeamRun(void (*half)(const void *work, int part), const void *work);
/// How many threads there are for that: 1 or 2.
int kernelThreads(void);
/// Uses no more than this number of threads (1 or 2), for tests and benchmarks; 0 goes back to the
/// default, as many as there are processors and at most 2.
void kernelSetThreads(int threads);

#endif
