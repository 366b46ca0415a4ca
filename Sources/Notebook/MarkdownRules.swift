/// What GitHub's Markdown does not render, and what a lecture's prose must not hold.
///
/// Prose is checked where it stands, so that a broken formula is an error with a line and not a
/// surprise on the rendered page.
enum MarkdownRules {
  /// The faults of one piece of prose.
  static func check(_ lines: [LiterateSource.Line], path: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var fence: (text: Substring, line: Int)?
    for (index, line) in lines.enumerated() {
      func report(_ message: String) { found.append(Diagnostic(path, line.number, message)) }
      for macro in rejectedMacros where line.text.contains(macro) {
        report("GitHub does not render \(macro); use \\mathrm{…} or \\text{…}, or expand it")
      }
      let isFence = line.text.hasPrefix("```")
      if isFence, fence == nil {
        fence = (line.text[...], line.number)
        if index > 0 && !lines[index - 1].text.isEmpty {
          report("a fence needs a blank line before it")
        }
      } else if isFence {
        fence = nil
        if index + 1 < lines.count && !lines[index + 1].text.isEmpty {
          report("a fence needs a blank line after it")
        }
      } else if fence == nil {
        checkText(line.text, report)
      } else if fence?.text == "```math" {
        checkNumbers(line.text, report)
      }
    }
    if let fence {
      found.append(Diagnostic(path, fence.line, "the fence \(fence.text) is not closed"))
    }
    return found
  }

  /// A table cell holds one line, and a pipe would end it even inside a formula.
  static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private static let rejectedMacros = [
    "\\newcommand", "\\operatorname", "\\tag", "\\mbox", "\\phantom", "\\label", "\\def",
  ]

  private static func checkText(_ text: String, _ report: (String) -> Void) {
    if text.contains("$$") {
      report("write display math as a ```math fence: GitHub's Markdown eats backslashes in $$")
      return
    }
    let parts = text.split(separator: "$`", omittingEmptySubsequences: false)
    let hasMath = parts.count > 1
    for part in parts.dropFirst() where part.firstRange(of: "`$") == nil {
      report("inline math opened with $` is not closed with `$")
    }
    let outside = withoutMath(text)
    if outside.contains("$") { report("write inline math as $`…`$") }
    if hasMath && text.hasPrefix("#") { report("no math in a heading: it is also a link target") }
    if outside.contains(/\[[^\]]*\u{FFFC}[^\]]*\]\(/) { report("no math in a link") }
    if text.hasPrefix("|"),
      parts.dropFirst().contains(where: { part in
        part.firstRange(of: "`$").map { part[..<$0.lowerBound].contains("|") } ?? false
      })
    {
      report("a pipe inside a table's formula ends the cell; write \\lvert x \\rvert")
    }
    checkNumbers(text, report)
  }

  /// A number with a decimal point is a computed one, or one that a document prints.
  private static func checkNumbers(_ text: String, _ report: (String) -> Void) {
    if let number = withoutQuotes(text).firstMatch(of: /\d+\.\d+/) {
      report(
        "\(number.output) is typed in prose: record it and write {{key}}, or put what a document "
          + "prints in “quotation marks”")
    }
  }

  /// The text with every inline formula replaced by one object character.
  private static func withoutMath(_ text: String) -> String {
    text.replacing(/\$`.*?`\$/, with: "\u{FFFC}")
  }

  private static func withoutQuotes(_ text: String) -> String {
    text.replacing(/“[^”]*”/, with: "").replacing(/\]\([^)]*\)/, with: "]")
  }
}
