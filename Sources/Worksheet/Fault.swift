/// The place of a value in a worksheet file: `layers[1].weights`.
struct Path: Equatable, CustomStringConvertible, Sendable {
  enum Step: Equatable, Sendable {
    case key(String)
    case index(Int)
  }

  var steps: [Step] = []

  init(_ steps: [Step] = []) { self.steps = steps }

  init(_ keys: [any CodingKey]) {
    steps = keys.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) }
  }

  /// The path of a key below this one.
  func key(_ name: String) -> Path { Path(steps + [.key(name)]) }
  /// The path of an entry of this list, counted from 0.
  subscript(index: Int) -> Path { Path(steps + [.index(index)]) }

  var description: String {
    steps.enumerated().map { position, step in
      switch step {
      case .key(let name): position == 0 ? name : ".\(name)"
      case .index(let index): "[\(index)]"
      }
    }.joined()
  }
}

/// What is wrong with a worksheet file, and where.
struct Fault: Error, Equatable {
  let path: Path
  let message: String
  /// The line, where it is known without the path.
  var line: Int? = nil

  init(_ path: Path, _ message: String) {
    self.path = path
    self.message = message
  }

  init(line: Int, _ message: String) {
    path = Path()
    self.message = message
    self.line = line
  }
}
