/// One thing that is wrong, with its place, in the form that compilers use and editors list.
public struct Diagnostic: Error, Equatable, CustomStringConvertible {
  public let path: String
  public let line: Int?
  public let message: String

  public init(_ path: String, _ line: Int?, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  public var description: String {
    "\(path):\(line.map { "\($0):" } ?? "") error: \(message)"
  }
}

/// A run that came to nothing: no file has been written.
public struct Failure: Error, CustomStringConvertible {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
