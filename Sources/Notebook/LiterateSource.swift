/// A lecture's source, taken apart into prose and code.
///
/// The whole grammar. A mark counts only where Swift would read a comment, never inside a string.
///
/// - `//: text`       a line of prose, Markdown; one blank after the colon is dropped
/// - `//-`            ends a code cell, so that its outputs come before the next line of code
/// - `//- hide`       the code up to `//- end` is not shown; its outputs are
/// - `//- fold: Text` the code up to `//- end` is shown folded under the summary Text
/// - `//- reference`  the prose up to `//- end` speaks of the documents' own numbers: a variant, with
///                   other parameters, leaves it out
/// - `//- end`        ends `hide`, `fold` or `reference`
///
/// Everything else is code. A cell is the code between two pieces of prose or marks; its outputs come
/// right after it. A statement that begins with `notebook.` is left out of the page: what it records
/// stands there already.
struct LiterateSource: Equatable {
  enum Visibility: Equatable {
    case shown
    case hidden
    case folded(summary: String)
  }

  struct Line: Equatable {
    let number: Int
    let text: String
    /// False within a statement whose output stands on the page in its place.
    var isShown = true
    /// Whether it is prose of a `reference` region.
    var isReferenceOnly = false
  }

  enum Chunk: Equatable {
    case prose([Line])
    case code([Line], Visibility)

    var lines: [Line] {
      switch self {
      case .prose(let lines), .code(let lines, _): lines
      }
    }
  }

  let chunks: [Chunk]

  /// - Throws: `Diagnostic` at the line of a mark that is unknown, open or out of place.
  init(_ text: String, path: String) throws {
    var chunks: [Chunk] = []
    var visibility = Visibility.shown
    var opened: Int?
    var isReference = false
    var startsCell = true
    var scanner = StringScanner()
    /// The bracket depth around the recording statement that is open.
    var recording: Int?

    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let startsInCode = scanner.isInCode
      if startsInCode && recording == nil && Self.records(raw) { recording = scanner.depth }
      let line = Line(number: index + 1, text: String(raw), isShown: recording == nil)
      scanner.advance(over: raw)
      if let depth = recording, scanner.depth <= depth { recording = nil }
      switch startsInCode ? Self.kind(of: raw) : .code {
      case .prose(let prose):
        guard opened == nil || isReference else {
          throw Diagnostic(
            path, line.number, "prose inside `hide` or `fold`; close it with `//- end`")
        }
        let line = Line(number: line.number, text: prose, isReferenceOnly: isReference)
        if case .prose(let lines)? = chunks.last, !startsCell {
          chunks[chunks.count - 1] = .prose(lines + [line])
        } else {
          chunks.append(.prose([line]))
        }
        startsCell = false
      case .code:
        if case .code(let lines, let current)? = chunks.last, !startsCell, current == visibility {
          chunks[chunks.count - 1] = .code(lines + [line], current)
        } else if !(raw.allSatisfy(\.isWhitespace)) {
          chunks.append(.code([line], visibility))
          startsCell = false
        } else if case .prose? = chunks.last {
          // A blank line after prose ends the paragraph.
          startsCell = true
        }
      case .mark(let mark):
        startsCell = true
        switch (mark, opened) {
        case ("", nil): break
        case ("end", .some):
          visibility = .shown
          isReference = false
          opened = nil
        case ("reference", nil):
          isReference = true
          opened = line.number
        case ("hide", nil):
          visibility = .hidden
          opened = line.number
        case (let fold, nil) where fold.hasPrefix("fold: "):
          visibility = .folded(summary: String(fold.dropFirst(6)))
          opened = line.number
        case ("end", nil):
          throw Diagnostic(path, line.number, "`//- end` without `hide`, `fold` or `reference`")
        case ("", let start?):
          throw Diagnostic(
            path, line.number, "`//-` inside the region opened on line \(start)")
        case ("hide", let start?), ("reference", let start?):
          throw Diagnostic(
            path, line.number, "`//- \(mark)` inside the region opened on line \(start)")
        case (let fold, let start?) where fold.hasPrefix("fold: "):
          throw Diagnostic(
            path, line.number, "`//- fold` inside the region opened on line \(start)")
        default:
          throw Diagnostic(
            path, line.number,
            "unknown mark `//- \(mark)`; the marks are `//-`, `//- hide`, `//- fold: Summary`, "
              + "`//- reference` and `//- end`")
        }
      }
    }
    if let opened {
      throw Diagnostic(path, opened, "the region opened here is not closed with `//- end`")
    }
    self.chunks = chunks.map(Self.trimmed)
  }

  private enum Kind {
    case prose(String)
    case mark(String)
    case code
  }

  private static func kind(of raw: Substring) -> Kind {
    let text = raw.drop(while: \.isWhitespace)
    if text.hasPrefix("//:") {
      let prose = text.dropFirst(3)
      return .prose(String(prose.hasPrefix(" ") ? prose.dropFirst() : prose))
    }
    if text.hasPrefix("//-") {
      let mark = text.dropFirst(3).split(separator: " ").joined(separator: " ")
      return .mark(mark)
    }
    return .code
  }

  private static func records(_ raw: Substring) -> Bool {
    raw.drop(while: \.isWhitespace).hasPrefix("notebook.")
  }

  /// Code without the common indent and without blank lines at either end.
  private static func trimmed(_ chunk: Chunk) -> Chunk {
    guard case .code(var lines, let visibility) = chunk else { return chunk }
    func isBlank(_ line: Line) -> Bool { line.text.allSatisfy(\.isWhitespace) }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    let indent =
      lines.filter { !isBlank($0) }.map { $0.text.prefix { $0 == " " }.count }.min() ?? 0
    return .code(
      lines.map {
        Line(number: $0.number, text: String($0.text.dropFirst(indent)), isShown: $0.isShown)
      }, visibility)
  }
}

/// Follows string literals, block comments and brackets from line to line.
private struct StringScanner {
  /// The closing delimiter of the multi-line string that is open, such as `"""#`.
  private var delimiter: String?
  private var commentDepth = 0
  /// How many round, square and curly brackets are open.
  private(set) var depth = 0

  var isInCode: Bool { delimiter == nil && commentDepth == 0 }

  mutating func advance(over line: Substring) {
    var rest = line
    while !rest.isEmpty {
      if let close = delimiter {
        guard let end = rest.firstRange(of: close) else { return }
        // A backslash (with as many # as the literal has) escapes the quotes.
        let escape = "\\" + close.drop { $0 == "\"" }
        if rest[..<end.lowerBound].hasSuffix(escape) {
          rest = rest[rest.index(after: end.lowerBound)...]
          continue
        }
        delimiter = nil
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("/*") {
        commentDepth += 1
        rest = rest.dropFirst(2)
      } else if commentDepth > 0 {
        if rest.hasPrefix("*/") { commentDepth -= 1 }
        rest = rest.dropFirst(rest.hasPrefix("*/") ? 2 : 1)
      } else if rest.hasPrefix("//") {
        return
      } else if rest.first == "\"" || rest.first == "#" {
        rest = afterLiteral(rest)
      } else {
        if "([{".contains(rest.first!) { depth += 1 }
        if ")]}".contains(rest.first!) { depth -= 1 }
        rest = rest.dropFirst()
      }
    }
  }

  /// Skips a literal that ends on this line, or notes the delimiter of one that does not.
  private mutating func afterLiteral(_ text: Substring) -> Substring {
    let hashes = text.prefix { $0 == "#" }
    let body = text.dropFirst(hashes.count)
    let close = "\"" + hashes
    // A raw string of one line may begin with a quote: #"""# is one quote.
    let isOneLine = !hashes.isEmpty && body.dropFirst().contains(close)
    if body.hasPrefix("\"\"\"") && !isOneLine {
      delimiter = "\"\"\"" + hashes
      return body.dropFirst(3)
    }
    guard body.hasPrefix("\"") else { return text.dropFirst(max(hashes.count, 1)) }
    var rest = body.dropFirst()
    let escape = "\\" + hashes
    while !rest.isEmpty && !rest.hasPrefix(close) {
      if rest.hasPrefix(escape + "(") {
        rest = afterInterpolation(rest.dropFirst(escape.count + 1))
      } else {
        rest = rest.dropFirst(rest.hasPrefix(escape) ? escape.count + 1 : 1)
      }
    }
    return rest.dropFirst(close.count)
  }

  /// Skips the code in an interpolation, whose own literals do not end the literal around it.
  private mutating func afterInterpolation(_ text: Substring) -> Substring {
    var rest = text
    var depth = 1
    while depth > 0, let character = rest.first {
      if character == "\"" || character == "#" {
        rest = afterLiteral(rest)
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      rest = rest.dropFirst()
    }
    return rest
  }
}
