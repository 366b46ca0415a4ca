/// A value of a JSON5 file with its place, for messages that name a line and for changing numbers in
/// place. Foundation's decoder reads the values; it does not say where they stand.
struct SourceNode {
  enum Kind: Equatable {
    case object
    case list
    case number
    case text
    case bool
    case null

    /// As a message says what was found.
    var name: String {
      switch self {
      case .object: "an object"
      case .list: "a list"
      case .number: "a number"
      case .text: "text"
      case .bool: "true or false"
      case .null: "null"
      }
    }
  }

  let kind: Kind
  let line: Int
  /// The bytes of the value.
  var range: Range<Int>
  /// The names of an object's fields, in the order of the file.
  var keys: [String] = []
  /// The values of an object or the entries of a list.
  var children: [SourceNode] = []

  /// The value at a path; where that is missing, the nearest value around it.
  func nearest(_ path: Path) -> SourceNode {
    var node = self
    for step in path.steps {
      guard let next = node.child(step) else { break }
      node = next
    }
    return node
  }

  func child(_ step: Path.Step) -> SourceNode? {
    switch step {
    case .key(let name): keys.firstIndex(of: name).map { children[$0] }
    case .index(let index):
      kind == .list && children.indices.contains(index) ? children[index] : nil
    }
  }
}
