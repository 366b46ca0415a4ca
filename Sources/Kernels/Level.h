// One instruction set's kernels. Included once a level by Kernels.c, which defines
//   LEVEL(name)  the name with the level's suffix
//   BYTES        the width of a vector
//   ROWS, WIDE   the tile: ROWS columns of C by WIDE vectors
// Vectors are the compiler's own, so this is plain arithmetic on arrays of lanes.

#define Vec NAME(Vec)
#define Int NAME(Int)

#define Number double
#define Integer long long
#define NAME(name) LEVEL(name##F64)
typedef Number Vec __attribute__((ext_vector_type(BYTES / sizeof(Number)), aligned(8)));
typedef Integer Int __attribute__((ext_vector_type(BYTES / sizeof(Number)), aligned(8)));
#include "Tile.h"
#include "Functions.h"
#define LANES 2
#include "Small.h"
#define LANES 4
#include "Small.h"
#define LANES 8
#include "Small.h"
#undef Number
#undef Integer
#undef NAME

#define Number float
#define Integer int
#define NAME(name) LEVEL(name##F32)
typedef Number Vec __attribute__((ext_vector_type(BYTES / sizeof(Number)), aligned(4)));
typedef Integer Int __attribute__((ext_vector_type(BYTES / sizeof(Number)), aligned(4)));
#include "Tile.h"
#include "Functions.h"
#undef Number
#undef Integer
#undef NAME

#undef Vec
#undef Int
#undef LEVEL
#undef BYTES
#undef ROWS
#undef WIDE
