import Foundation

/// One line on a terminal that says how far a long computation is; the next text replaces it.
public struct ProgressLine: Sendable {
  private let write: (@Sendable (String) -> Void)?

  /// The line of standard error; nothing is written when that is a file or a pipe.
  public static let standardError = ProgressLine(isatty(STDERR_FILENO) == 1 ? writeError : nil)

  @Sendable private static func writeError(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// - Parameter write: takes what goes to the terminal; nil where there is none.
  init(_ write: (@Sendable (String) -> Void)?) { self.write = write }

  public func show(_ text: String) { write?("\r\u{1B}[K\(text)") }

  public func clear() { show("") }

  /// The time that is left when `done` of `steps` equal steps have taken `seconds`: `40 s left` or
  /// `3 min left`.
  public static func timeLeft(done: Int, of steps: Int, seconds: Double) -> String {
    let left = seconds / Double(max(done, 1)) * Double(steps - done)
    return left < 90
      ? "\(Int(left.rounded(.up))) s left" : "\(Int((left / 60).rounded(.up))) min left"
  }
}
