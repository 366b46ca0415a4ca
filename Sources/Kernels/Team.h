// A second thread that waits for halves of large products.
#ifndef TEAM_H
#define TEAM_H

/// Multiplications from which a second thread pays: about twenty microseconds' work.
enum { kernelWorthTwoThreads = 1000000 };

/// Runs `half(work, 0)` here and `half(work, 1)` on the second thread; 0, and nothing is done, where there
/// is none or it is busy with another's work.
int kernelTeamRun(void (*half)(const void *work, int part), const void *work);

#endif
