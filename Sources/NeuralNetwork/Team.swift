import Kernels

/// Work in two parts that two threads can do.
class SharedWork {
  func perform(part: Int) {}
}

/// Does both parts: side by side where a second thread waits for work, else one after the other.
func inTwoParts(_ work: SharedWork) {
  let isDone = kernelTeamRun(
    { work, part in
      Unmanaged<SharedWork>.fromOpaque(work!)._withUnsafeGuaranteedRef {
        $0.perform(part: Int(part))
      }
    }, Unmanaged.passUnretained(work).toOpaque())
  if isDone == 0 {
    work.perform(part: 0)
    work.perform(part: 1)
  }
}
