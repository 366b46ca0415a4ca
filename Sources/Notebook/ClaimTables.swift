/// The claims and errata of a lecture as tables: on the page, and as `claims.csv` and `errata.csv`.
public enum ClaimTables {
  public static let claimHeader = [
    "id", "document", "quote", "printed", "computed", "verdict", "erratum", "source",
  ]
  public static let erratumHeader = [
    "id", "document", "kind", "quote", "correction", "printed", "computed", "claim", "source",
  ]

  // MARK: CSV

  /// The claims in the order of the lecture, at full precision.
  static func csv(_ claims: [CheckedClaim], source: String) -> String {
    CSV.text(
      header: claimHeader,
      rows: claims.map { claim in
        [
          claim.entry.id, claim.entry.document, claim.entry.quote,
          claim.entry.printed
            + (wrong(claim).map { " [gives \(list($0))]" } ?? claim.rule.map { " [\($0)]" } ?? ""),
          list(claim.evidence.values), claim.verdict.rawValue,
          claim.entry.errata.joined(separator: "; "), "\(source):\(claim.line)",
        ]
      })
  }

  static func csv(_ errata: [CheckedErratum], source: String) -> String {
    CSV.text(
      header: erratumHeader,
      rows: errata.map { erratum in
        let entry = erratum.entry
        return [
          entry.id, entry.document, entry.kind, entry.quote, entry.correction,
          list(erratum.printed), list(erratum.right), erratum.claim, "\(source):\(erratum.line)",
        ]
      })
  }

  private static func list(_ values: [Double]) -> String {
    values.map { CSV.text($0) }.joined(separator: "; ")
  }

  // MARK: Markdown

  /// A few claims as a table: what the document says, and what comes out.
  ///
  /// - Parameter source: where the lecture's source is, seen from the report; nil for no links.
  static func markdown(_ claims: [CheckedClaim], source: String?) -> String {
    table(
      ["The document says", "Printed", "Computed", "Verdict"],
      claims.map { claim in
        let entry = claim.entry
        let computed = entry.statement == .missing && claim.evidence.values.isEmpty
        return [
          "\(entry.document): \(text(entry.quote))<br>\(link(entry.id, claim.line, source))",
          printed(claim), computed ? "" : named(claim), verdict(claim),
        ]
      })
  }

  /// The errata of a lecture: what is printed and what is right, each with what it gives.
  static func markdown(_ errata: [CheckedErratum], source: String?) -> String {
    table(
      ["Printed", "Right, or to be noted"],
      errata.map { erratum in
        let entry = erratum.entry
        return [
          "\(entry.document): \(code(entry.quote))<br>gives \(shown(erratum.printed))<br>"
            + link(entry.id, erratum.line, source),
          "\(entry.kind): \(text(entry.correction))<br>gives \(shown(erratum.right))",
        ]
      })
  }

  /// An id that leads to the line of the lecture that computes it.
  private static func link(_ id: String, _ line: Int, _ source: String?) -> String {
    source.map { "[`\(id)`](\($0)#L\(line))" } ?? "`\(id)`"
  }

  /// How many claims have each verdict.
  static func counts(_ claims: [CheckedClaim]) -> String {
    table(
      ["Verdict", "Claims"],
      Verdict.allCases.compactMap { verdict in
        let count = claims.filter { $0.verdict == verdict }.count
        return count == 0 ? nil : [verdict.rawValue, String(count)]
      }, numbers: [1])
  }

  /// A Markdown table of texts that are Markdown already; the columns `numbers` are right-aligned.
  public static func table(_ header: [String], _ rows: [[String]], numbers: Set<Int> = []) -> String
  {
    let rule = header.indices.map { numbers.contains($0) ? "---:" : "---" }
    return ([header, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// The values, and what they are where the ledger's note says so.
  private static func named(_ claim: CheckedClaim) -> String {
    let values = shown(claim.evidence.values)
    let note = claim.entry.note
    return note.isEmpty || claim.entry.statement == .missing
      ? values : "\(values)<br>*\(text(note))*"
  }

  private static func printed(_ claim: CheckedClaim) -> String {
    let entry = claim.entry
    switch entry.statement {
    case .number: return text(entry.shownNumbers)
    case .formula, .rule, .words:
      let words = entry.statement == .words ? "“\(text(entry.printed))”" : code(entry.printed)
      let reading = claim.verdict == .ambiguous ? "in one reading gives" : "gives"
      let gives = wrong(claim).map { "\(reading) \(shown($0))" }
      // The first column has the words already where they were short enough to quote in full.
      return [entry.quote.contains(entry.printed) ? nil : words, gives].compactMap(\.self)
        .joined(separator: "<br>")
    case .implied, .question: return ""
    case .missing: return "missing: \(text(entry.note))"
    }
  }

  /// What the document's statement gives where it is not right.
  private static func wrong(_ claim: CheckedClaim) -> [Double]? {
    claim.verdict.needsErratum ? claim.evidence.wrongReading : nil
  }

  private static func verdict(_ claim: CheckedClaim) -> String {
    let verdict =
      claim.verdict.needsErratum ? "**\(claim.verdict.rawValue)**" : claim.verdict.rawValue
    return verdict + (claim.rule.map { "<br>*\($0)*" } ?? "")
  }

  /// Six significant digits are enough to compare by eye; the CSV file has all of them.
  private static func shown(_ values: [Double]) -> String {
    if values.isEmpty { return "undefined" }
    let texts = values.prefix(6).map { NumberFormat.upTo(6).text($0) }
    return texts.joined(separator: "; ") + (values.count > 6 ? "; …" : "")
  }

  /// Plain text as Markdown: what would be markup is escaped.
  public static func text(_ text: String) -> String {
    var result = ""
    for character in MarkdownRules.cell(text) {
      if "*_<>[]`~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// Plain text in the typeface of code.
  public static func code(_ text: String) -> String {
    text.isEmpty ? "" : "`\(MarkdownRules.cell(text.replacing("`", with: "'")))`"
  }
}
