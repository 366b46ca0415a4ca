/// Finds the values of a JSON5 text.
struct SourceScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var depth = 0
  /// The bytes of the comments.
  private(set) var comments: [Range<Int>] = []

  /// Deeper than any worksheet, and shallow enough for every stack.
  static let deepest = 64

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that the text holds.
  ///
  /// - Throws: `Fault` with the line of what is not JSON5, of a field that is there twice, and of a
  ///   number that is not finite.
  mutating func scan() throws -> SourceNode {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let node = try value(Path())
    try skipSpace()
    if position < bytes.count { throw unexpected("the end of the file") }
    return node
  }

  private mutating func value(_ path: Path) throws -> SourceNode {
    try skipSpace()
    let (start, startLine) = (position, line)
    guard let byte = peek else { throw unexpected("a value") }
    var node = SourceNode(kind: .null, line: startLine, range: start..<start)
    switch byte {
    case UInt8(ascii: "{"): node = try object(path)
    case UInt8(ascii: "["): node = try list(path)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      _ = try quoted()
      node = SourceNode(kind: .text, line: startLine, range: start..<start)
    default: node = try word(path)
    }
    node.range = start..<position
    return node
  }

  private mutating func object(_ path: Path) throws -> SourceNode {
    var node = SourceNode(kind: .object, line: line, range: 0..<0)
    try enter()
    while try !closes("}") {
      let keyLine = line
      let name = try fieldName()
      if let first = node.keys.firstIndex(of: name) {
        throw Fault(
          line: keyLine,
          "\(path.key(name)): is here twice, first on line \(node.children[first].line)")
      }
      try skipSpace()
      try expect(":")
      node.keys.append(name)
      node.children.append(try value(path.key(name)))
      if try !separated("}") { break }
    }
    try leave("}")
    return node
  }

  private mutating func list(_ path: Path) throws -> SourceNode {
    var node = SourceNode(kind: .list, line: line, range: 0..<0)
    try enter()
    while try !closes("]") {
      node.children.append(try value(path[node.children.count]))
      if try !separated("]") { break }
    }
    try leave("]")
    return node
  }

  private mutating func enter() throws {
    position += 1
    depth += 1
    if depth > Self.deepest {
      throw Fault(line: line, "is nested more than \(Self.deepest) levels deep")
    }
  }

  private mutating func closes(_ end: Unicode.Scalar) throws -> Bool {
    try skipSpace()
    return peek == UInt8(ascii: end)
  }

  private mutating func separated(_ end: Unicode.Scalar) throws -> Bool {
    try skipSpace()
    if peek == UInt8(ascii: ",") {
      position += 1
      return true
    }
    guard peek == UInt8(ascii: end) else { throw unexpected("a comma or '\(end)'") }
    return false
  }

  private mutating func leave(_ end: Unicode.Scalar) throws {
    try expect(end)
    depth -= 1
  }

  private mutating func fieldName() throws -> String {
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try quoted() }
    let start = position
    while let byte = peek, isLetter(byte) || isDigit(byte) { position += 1 }
    guard position > start, !isDigit(bytes[start]) else { throw unexpected("the name of a field") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// A quoted text, as it is written between the quotes.
  private mutating func quoted() throws -> String {
    let (quote, start, startLine) = (bytes[position], position + 1, line)
    position += 1
    while let byte = peek, byte != quote {
      if byte == UInt8(ascii: "\\") { advance() }
      if position < bytes.count { advance() }
    }
    guard peek == quote else { throw Fault(line: startLine, "is not JSON5: a text is not closed") }
    position += 1
    return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
  }

  private mutating func word(_ path: Path) throws -> SourceNode {
    let start = position
    while let byte = peek,
      isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-")
    { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    func found(_ kind: SourceNode.Kind) -> SourceNode {
      SourceNode(kind: kind, line: line, range: start..<position)
    }
    switch text {
    case "": throw unexpected("a value")
    case "true", "false": return found(.bool)
    case "null": return found(.null)
    default: break
    }
    let magnitude = text.drop { $0 == "+" || $0 == "-" }
    let place = path.steps.isEmpty ? "" : "\(path): "
    if magnitude == "NaN" || magnitude == "Infinity" {
      throw Fault(line: line, "\(place)\(text) is not a finite number")
    }
    guard text.count - magnitude.count <= 1, let number = Self.number(magnitude) else {
      throw Fault(line: line, "\(place)expected a value, found \(shown(text)); text needs quotes")
    }
    guard number.isFinite else {
      throw Fault(line: line, "\(place)\(shown(text)) is too large for a number")
    }
    return found(.number)
  }

  /// The number of a text without sign: decimal, or hexadecimal as JSON5 allows.
  private static func number(_ text: Substring) -> Double? {
    let digits = text.lowercased()
    if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16).map(Double.init) }
    let isPlain = digits.utf8.allSatisfy { byte in
      (48...57).contains(byte) || [46, 101, 43, 45].contains(byte)
    }
    guard isPlain, digits.utf8.contains(where: { (48...57).contains($0) }),
      !(digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true)
    else { return nil }
    return Double(digits.hasPrefix(".") ? "0\(digits)" : digits)
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func advance() {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }

  private mutating func skipSpace() throws {
    while let byte = peek {
      if byte == 32 || (9...13).contains(byte) {
        advance()
      } else if let length = wideSpace {
        position += length
      } else if byte == UInt8(ascii: "/") {
        try skipComment()
      } else {
        return
      }
    }
  }

  /// The length of a no-break space or another space outside ASCII that starts here.
  private var wideSpace: Int? {
    let next = bytes[position..<min(position + 3, bytes.count)]
    if next.starts(with: [0xC2, 0xA0]) { return 2 }
    return next.starts(with: [0xEF, 0xBB, 0xBF]) || next.starts(with: [0xE2, 0x80, 0xA8])
      || next.starts(with: [0xE2, 0x80, 0xA9]) ? 3 : nil
  }

  private mutating func skipComment() throws {
    let (start, startLine) = (position, line)
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    position += 1
    if next == UInt8(ascii: "/") {
      while let byte = peek, byte != UInt8(ascii: "\n") { _ = byte; position += 1 }
    } else if next == UInt8(ascii: "*") {
      position += 1
      while peek != nil,
        !(bytes[position] == UInt8(ascii: "*") && position + 1 < bytes.count
          && bytes[position + 1] == UInt8(ascii: "/"))
      { advance() }
      guard peek != nil else {
        throw Fault(line: startLine, "is not JSON5: a comment is not closed")
      }
      position += 2
    } else {
      position = start
      throw unexpected("a value, a comma or a comment")
    }
    comments.append(start..<position)
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard peek == UInt8(ascii: scalar) else { throw unexpected("'\(scalar)'") }
    position += 1
  }

  private func unexpected(_ expected: String) -> Fault {
    guard peek != nil else {
      return Fault(line: line, "is not JSON5: expected \(expected), found the end of the file")
    }
    let rest = String(decoding: bytes[position..<min(position + 8, bytes.count)], as: UTF8.self)
    let found = rest.first.map { $0.isNewline ? "a line end" : "'\($0)'" } ?? "nothing"
    return Fault(line: line, "is not JSON5: expected \(expected), found \(found)")
  }

  private func shown(_ text: String) -> String {
    text.count > 30 ? "'\(text.prefix(30))…'" : "'\(text)'"
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$") || byte >= 0x80
  }
}
