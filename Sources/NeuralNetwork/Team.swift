import Kernels

/// Runs `body(0)` and `body(1)`: side by side where a second thread waits for work, else one after the other.
@inline(__always)
func inTwoParts(_ body: (Int) -> Void) {
  withoutActuallyEscaping(body) { body in
    withUnsafePointer(to: Parts(body: body)) { parts in
      let isDone = kernelTeamRun(
        { work, part in work!.assumingMemoryBound(to: Parts.self).pointee.body(Int(part)) }, parts)
      if isDone == 0 {
        body(0)
        body(1)
      }
    }
  }
}

/// In a structure, a closure has the form in which it can be called through a pointer.
private struct Parts {
  let body: (Int) -> Void
}
