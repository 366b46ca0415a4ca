// genann or FANN as a worker of peers.py: answers each line, a shape and a number of seconds, with a rate.
//     cc -O2 -march=native -DGENANN -I DIR peers.c DIR/genann.c -lm
//     cc -O2 -march=native -DFANN peers.c -ldoublefann -lm
// Both train example by example, with a sigmoid and squared error, whatever the batch of the shape.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef GENANN
#include "genann.h"
typedef genann Network;
static Network *make(const int *sizes) { return genann_init(sizes[0], 1, sizes[1], sizes[2]); }
static void train(Network *n, const double *x, const double *y) { genann_train(n, x, y, 0.01); }
#else
#include <doublefann.h>
typedef struct fann Network;
static Network *make(const int *sizes) {
  Network *n = fann_create_standard(3, sizes[0], sizes[1], sizes[2]);
  fann_set_activation_function_hidden(n, FANN_SIGMOID);
  fann_set_activation_function_output(n, FANN_SIGMOID);
  fann_set_training_algorithm(n, FANN_TRAIN_INCREMENTAL);
  fann_set_learning_rate(n, 0.01);
  return n;
}
static void train(Network *n, const double *x, const double *y) { fann_train(n, (double *)x, (double *)y); }
#endif

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(void) {
  char letter;
  double seconds;
  while (scanf(" %c %lf", &letter, &seconds) == 2) {
    const int shapes[3][3] = {{1, 2, 1}, {2, 4, 1}, {784, 30, 10}};
    const int *sizes = shapes[letter - 'a'], count = letter == 'c' ? 10000 : 4096;
    double *x = malloc(sizeof *x * sizes[0] * count), *y = malloc(sizeof *y * sizes[2] * count);
    int *order = malloc(sizeof *order * count);
    for (int i = 0; i < sizes[0] * count; i++) x[i] = rand() / (double)RAND_MAX;
    for (int i = 0; i < sizes[2] * count; i++) y[i] = rand() & 1;
    for (int i = 0; i < count; i++) order[i] = i;
    Network *network = make(sizes);
    long done = 0;
    double start = now();
    // The clock is asked every 512 examples, since an epoch of the largest shape takes long.
    for (long step = 0; step % 512 || now() - start < seconds; step++, done++) {
      int at = step % count;
      if (at == 0)
        for (int i = count - 1; i > 0; i--) {
          int j = rand() % (i + 1), other = order[i];
          order[i] = order[j];
          order[j] = other;
        }
      train(network, x + (long)sizes[0] * order[at], y + sizes[2] * order[at]);
    }
    printf("%f\n", done / (now() - start));
    fflush(stdout);
    free(x);
    free(y);
    free(order);
  }
}
