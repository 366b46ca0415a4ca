import Synchronization
import Testing

@testable import Notebook

/// What a line has written. One test writes on it, on one thread.
private final class Written: @unchecked Sendable {
  var text = ""
}

@Suite("The progress line")
struct ProgressLineTests {
  @Test("Each text replaces the one before; clearing leaves an empty line")
  func replaces() {
    let written = Written()
    let line = ProgressLine { written.text += $0 }
    line.show("one")
    line.show("two")
    line.clear()
    #expect(written.text == "\r\u{1B}[Kone\r\u{1B}[Ktwo\r\u{1B}[K")
  }

  @Test(
    "The time left is what the steps so far took, times the steps to go, rounded up",
    arguments: [
      (1, 4, 2.0, "6 s left"), (3, 4, 2.0, "1 s left"), (4, 4, 9.0, "0 s left"),
      (10, 100, 9.8, "89 s left"), (10, 100, 10.0, "2 min left"), (1, 61, 60.0, "60 min left"),
      (0, 5, 0.0, "0 s left"),
    ])
  func timeLeft(done: Int, steps: Int, seconds: Double, text: String) {
    #expect(ProgressLine.timeLeft(done: done, of: steps, seconds: seconds) == text)
  }
}
