import Foundation

/// Prose, code and outputs put together into the Markdown of a report.
struct Weave {
  let source: LiterateSource
  let notebook: Notebook
  let path: String
  /// Where the source is, seen from the report; nil where links would lead nowhere.
  let link: String?
  /// The source, line by line, to find the recording calls in.
  let lines: [Substring]

  init(_ text: String, notebook: Notebook, path: String, link: String? = nil) throws {
    self.link = link
    source = try LiterateSource(text, path: path)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.notebook = notebook
    self.path = path
  }

  /// The report's body.
  ///
  /// - Throws: `Failure` with every fault found: a source that is not the one that ran, unknown or
  ///   unused values, prose that GitHub would not render.
  func markdown() throws -> String {
    let moved = misplaced()
    // Every other fault would only follow from this one.
    guard moved.isEmpty else { throw Failure(moved) }
    var faults = notebook.diagnostics
    var used: Set<String> = []
    var body = ""
    var next = 0
    for chunk in source.chunks {
      switch chunk {
      case .prose(let prose):
        faults += MarkdownRules.check(prose, path: path)
        var isDisplay = false
        for line in prose {
          if line.text.hasPrefix("```") { isDisplay = !isDisplay && line.text.hasPrefix("```math") }
          let text = inserted(line, inDisplay: isDisplay, &used, &faults)
          if notebook.isReference || !line.isReferenceOnly { body += text + "\n" }
        }
        if notebook.isReference || prose.contains(where: { !$0.isReferenceOnly }) { body += "\n" }
      case .code(let code, let visibility):
        let shown = code.filter(\.isShown).map(\.text).joined(separator: "\n")
          .trimmingCharacters(in: .newlines)
        if !shown.isEmpty { body += Self.block(shown, visibility) }
      }
      // A call may stand anywhere in a chunk; its output follows the chunk.
      let last = chunk.lines.last?.number ?? 0
      let end = outputs[next...].firstIndex { $0.line > last } ?? outputs.count
      body += rendered(outputs[next..<end])
      next = end
    }
    let unused = notebook.values.filter { !used.contains($0.key) }
    for (key, value) in unused.sorted(by: { ($0.value.line, $0.key) < ($1.value.line, $1.key) }) {
      faults.append(
        Diagnostic(
          path, value.line, "no prose uses the value '\(key)'; write {{\(key)}} or delete it"))
    }
    guard faults.isEmpty else { throw Failure(faults) }
    return body
  }

  /// The outputs in the order of the source; those of one line in the order they were recorded.
  private var outputs: [Notebook.Recorded] {
    notebook.outputs.enumerated().sorted {
      ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
    }
    .map(\.element)
  }

  // MARK: The guard

  /// Calls that are not where they were when the lecture was built.
  private func misplaced() -> [Diagnostic] {
    let recorded =
      notebook.outputs.map { ($0.line, $0.call) }
      + notebook.values.values.map { ($0.line, "value") }
      + notebook.errata.values.map { ($0.line, "erratum") }
      + notebook.shared.map { ($0.line, "shared") }
    return recorded.filter { line, call in
      guard lines.indices.contains(line - 1) else { return true }
      // A helper passes its caller's line on, so that line may hold the helper's name instead; it is
      // handed the notebook all the same.
      let text = lines[line - 1]
      return !text.contains(".\(call)(") && !text.contains(": notebook")
    }.sorted { $0.0 < $1.0 }.prefix(1).map { line, call in
      Diagnostic(
        path, line,
        "no recording call (`notebook.\(call)`) stands here: the source changed since the lecture was "
          + "built; build and run it again")
    }
  }

  // MARK: Prose

  private func inserted(
    _ line: LiterateSource.Line, inDisplay: Bool, _ used: inout Set<String>,
    _ faults: inout [Diagnostic]
  ) -> String {
    var result = ""
    var rest = line.text[...]
    while let open = rest.firstRange(of: "{{"),
      let close = rest[open.upperBound...].firstRange(of: "}}")
    {
      let key = String(rest[open.upperBound..<close.lowerBound])
      guard key.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil else {
        // The second brace may open a key: LaTeX needs 2^{{{y}}}.
        let second = rest.index(after: open.lowerBound)
        result += rest[..<second]
        rest = rest[second...]
        continue
      }
      result += rest[..<open.lowerBound]
      rest = rest[close.upperBound...]
      guard let value = notebook.values[key] else {
        faults.append(
          Diagnostic(path, line.number, "no value '\(key)' was recorded for {{\(key)}}"))
        continue
      }
      used.insert(key)
      let opened = result.split(separator: "$`", omittingEmptySubsequences: false).count
      let closed = result.split(separator: "`$", omittingEmptySubsequences: false).count
      let context = inDisplay || opened > closed ? NumberFormat.Context.math : .text
      result +=
        value.number.map {
          context == .math ? value.format.tex($0) : value.format.text($0)
        } ?? value.text
    }
    return result + rest
  }

  // MARK: Code and outputs

  private static func block(_ code: String, _ visibility: LiterateSource.Visibility) -> String {
    // The fence must be longer than any run of backticks in the code.
    let longest = code.matches(of: /`+/).map(\.output.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let block = "\(fence)swift\n\(code)\n\(fence)\n\n"
    return switch visibility {
    case .shown: block
    case .hidden: ""
    case .folded(let summary):
      "<details><summary>\(summary)</summary>\n\n\(block)</details>\n\n"
    }
  }

  private func rendered(_ outputs: ArraySlice<Notebook.Recorded>) -> String {
    var result = ""
    var claims: [CheckedClaim] = []
    func closeClaims() {
      if !claims.isEmpty { result += ClaimTables.markdown(claims, source: link) + "\n" }
      claims = []
    }
    for recorded in outputs {
      if case .claim(let claim) = recorded.output {
        claims.append(claim)
        continue
      }
      closeClaims()
      switch recorded.output {
      case .equation(let latex):
        result += "```math\n\(latex)\n```\n\n"
      case .table(let name, let caption, let columns):
        result += "**\(caption)** ([CSV](\(name).csv))\n\n" + Column.markdown(columns) + "\n"
      case .figure(let name, let figure):
        // The title stands in the figure; the description is its caption.
        result +=
          "![\(figure.title)](\(name).svg)\n\n*\(figure.description)* ([CSV](\(name).csv))\n\n"
      case .claim: break
      }
    }
    closeClaims()
    return result
  }
}
