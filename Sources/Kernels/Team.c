#include "Kernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

// The helper sleeps on a condition while nothing is trained; between the phases of training steps it spins,
// with a yield, because waking a thread takes longer than a phase. What one thread writes while the other
// reads it has a cache line of its own.
#define LINE __attribute__((aligned(128)))

/// Jobs are numbered; this is the newest.
static struct {
  _Atomic long number;
  void (*half)(const void *, int);
  const void *work;
} post LINE;

/// 2n − 1 before the second half of job n is taken, then 2n, and 2n + 1 when it is done. The helper takes
/// it, or the caller when the helper is late.
static _Atomic long state LINE = 1;
static _Atomic int isSleeping LINE = 0;
static pthread_mutex_t lock LINE = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static _Atomic int isBusy LINE = 0, limit = 0;
static int hasHelper = 0;

enum { spinsBeforeYield = 2000, yieldsBeforeSleep = 200, losesBeforeSleep = 4 };

#if defined(__x86_64__)
#define RELAX() __builtin_ia32_pause()
#else
#define RELAX() ((void)0)
#endif

/// Waits until `*counter` reaches `value`; 0 when patience ran out first.
static int waitFor(_Atomic long *counter, long value, int yields) {
  do {
    for (int spins = 0; spins < spinsBeforeYield; spins++) {
      if (atomic_load_explicit(counter, memory_order_acquire) >= value) return 1;
      RELAX();
    }
    sched_yield();
  } while (--yields > 0);
  return 0;
}

static int takeSecondHalf(long number) {
  long before = 2 * number - 1;
  return atomic_compare_exchange_strong(&state, &before, 2 * number);
}

static void *help(void *unused) {
  int lost = 0;
  for (long number = 1;; number++) {
    // Who comes too late again and again shares a processor with the caller: sleeping, and being woken, gives
    // the scheduler the occasion to choose another one.
    if (lost >= losesBeforeSleep || !waitFor(&post.number, number, yieldsBeforeSleep)) {
      lost = 0;
      pthread_mutex_lock(&lock);
      atomic_store(&isSleeping, 1);
      while (atomic_load(&post.number) < number) pthread_cond_wait(&wake, &lock);
      atomic_store(&isSleeping, 0);
      pthread_mutex_unlock(&lock);
    }
    // The caller may have gone on alone; only the newest job is there to take.
    number = atomic_load_explicit(&post.number, memory_order_acquire);
    if (takeSecondHalf(number)) {
      lost = 0;
      post.half(post.work, 1);
      atomic_store_explicit(&state, 2 * number + 1, memory_order_release);
    } else {
      lost++;
    }
  }
  return unused;
}

static void start(void) {
  pthread_t thread;
  hasHelper = sysconf(_SC_NPROCESSORS_ONLN) > 1 && pthread_create(&thread, 0, help, 0) == 0;
  if (hasHelper) pthread_detach(thread);
}

void kernelSetThreads(int threads) { atomic_store(&limit, threads); }

int kernelThreads(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (atomic_load_explicit(&limit, memory_order_relaxed) == 1) return 1;
  pthread_once(&once, start);
  return hasHelper ? 2 : 1;
}

int kernelTeamRun(void (*half)(const void *, int), const void *work) {
  if (kernelThreads() == 1) return 0;
  int free = 0;
  if (!atomic_compare_exchange_strong(&isBusy, &free, 1)) return 0;
  long number = atomic_load_explicit(&post.number, memory_order_relaxed) + 1;
  post.half = half;
  post.work = work;
  atomic_store(&post.number, number);
  if (atomic_load(&isSleeping)) {
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
  }
  half(work, 0);
  if (atomic_load_explicit(&state, memory_order_acquire) < 2 * number && takeSecondHalf(number)) {
    half(work, 1);
    atomic_store_explicit(&state, 2 * number + 1, memory_order_release);
  } else {
    while (!waitFor(&state, 2 * number + 1, 1)) {}
  }
  atomic_store_explicit(&isBusy, 0, memory_order_release);
  return 1;
}
