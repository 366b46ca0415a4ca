#include "Kernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

// The helper sleeps on a condition while nothing is trained; between the products of a training step it
// spins, with a yield, because waking a thread takes longer than a small product.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static _Atomic long posted = 0, finished = 0;
// The last job whose second half somebody has taken: the helper, or the caller when the helper is late.
static _Atomic long taken = 0;
static _Atomic int isSleeping = 0, isBusy = 0, limit = 0;
static void (*job)(const void *, int);
static const void *jobWork;

enum { spinsBeforeYield = 2000, yieldsBeforeSleep = 200 };

#if defined(__x86_64__)
#define RELAX() __builtin_ia32_pause()
#else
#define RELAX() ((void)0)
#endif

/// Waits until `*counter` reaches `value`; 0 when patience ran out first.
static int waitFor(_Atomic long *counter, long value, int isPatient) {
  for (int yields = 0; isPatient || yields < yieldsBeforeSleep; yields++) {
    for (int spins = 0; spins < spinsBeforeYield; spins++) {
      if (atomic_load_explicit(counter, memory_order_acquire) >= value) return 1;
      RELAX();
    }
    sched_yield();
  }
  return 0;
}

static int takeSecondHalf(long number) {
  long before = number - 1;
  return atomic_compare_exchange_strong(&taken, &before, number);
}

static void *help(void *unused) {
  for (;;) {
    // The next job is the first that nobody has taken.
    long number = atomic_load(&taken) + 1;
    if (!waitFor(&posted, number, 0)) {
      pthread_mutex_lock(&lock);
      atomic_store(&isSleeping, 1);
      while (atomic_load(&posted) < number) pthread_cond_wait(&wake, &lock);
      atomic_store(&isSleeping, 0);
      pthread_mutex_unlock(&lock);
    }
    if (!takeSecondHalf(number)) continue;
    job(jobWork, 1);
    atomic_store_explicit(&finished, number, memory_order_release);
  }
  return unused;
}

static int hasHelper = 0;
static void start(void) {
  pthread_t thread;
  hasHelper = sysconf(_SC_NPROCESSORS_ONLN) > 1 && pthread_create(&thread, 0, help, 0) == 0;
  if (hasHelper) pthread_detach(thread);
}

void kernelSetThreads(int threads) { atomic_store(&limit, threads); }

int kernelTeamRun(void (*half)(const void *, int), const void *work) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (atomic_load_explicit(&limit, memory_order_relaxed) == 1) return 0;
  pthread_once(&once, start);
  int free = 0;
  if (!hasHelper || !atomic_compare_exchange_strong(&isBusy, &free, 1)) return 0;
  job = half;
  jobWork = work;
  long number = atomic_load_explicit(&posted, memory_order_relaxed) + 1;
  atomic_store(&posted, number);
  if (atomic_load(&isSleeping)) {
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
  }
  half(work, 0);
  if (takeSecondHalf(number)) {
    half(work, 1);
  } else {
    waitFor(&finished, number, 1);
  }
  atomic_store(&isBusy, 0);
  return 1;
}
