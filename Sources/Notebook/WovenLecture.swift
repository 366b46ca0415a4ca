import Foundation

/// What a run of a lecture has made: its files, its claims and its errata.
public struct WovenLecture: Sendable {
  public let files: [OutputFile]
  public let claims: [CheckedClaim]
  public let errata: [CheckedErratum]

  /// Weaves what a lecture recorded with its source.
  ///
  /// - Parameter relativeSource: the source's path within the project; outputs name no other.
  ///
  /// - Throws: `Failure`: what the weave found, claims that are not recorded, errata that are not shown.
  init(_ notebook: Notebook, source relativeSource: String, linked: Bool, changed: [Parameter])
    throws
  {
    let path = notebook.path
    guard let source = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Diagnostic(path, nil, "the lecture's source cannot be read")
    }
    // A report under outputs lies two folders deep; any other may lie anywhere.
    let link = linked ? "../../\(relativeSource)" : nil
    let body = try Weave(source, notebook: notebook, path: path, link: link).markdown()
    let claims = notebook.claims.values.sorted {
      ($0.line, $0.entry.line) < ($1.line, $1.entry.line)
    }
    let errata = Self.shown(notebook, claims)
    let faults = Self.audit(notebook, errata)
    guard faults.isEmpty else { throw Failure(faults) }

    var report =
      "<!-- Written by a run of \(relativeSource); change that file, not this one. -->\n\n"
    if !changed.isEmpty {
      let settings = changed.map { "\($0.symbol) = \(NumberFormat.plain.text($0.value))" }
      report +=
        "> A variant with \(settings.joined(separator: ", ")). Claims that this changes have the "
        + "verdict *variant*; the documents' own numbers are in the reference report.\n\n"
    }
    report += body + Self.closing(claims, errata, link)
    self.claims = claims
    self.errata = errata
    files =
      [
        OutputFile(name: "report.md", text: report),
        OutputFile(
          name: "claims.csv", text: ClaimTables.csv(claims, source: relativeSource)),
        OutputFile(
          name: "errata.csv", text: ClaimTables.csv(errata, source: relativeSource)),
      ] + Self.sharedFile(notebook, relativeSource) + notebook.outputs.flatMap(Self.data)
  }

  /// The verdicts in a few lines, for the terminal.
  public func summary(title: String) -> String {
    let missing = claims.filter { $0.verdict == .notComputable }.count
    let counts = Verdict.allCases.compactMap { verdict in
      let count = claims.filter { $0.verdict == verdict }.count
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    return """
      \(title): \(claims.count - missing) of \(claims.count) claims computed\
      \(missing == 0 ? "" : ", \(missing) not computable (a figure or datum is missing)")
        \(counts.joined(separator: ", "))
        \(errata.count) errata shown
      """
  }

  /// Each erratum with what shows it: the lecture directly, else the first claim whose verdict does.
  private static func shown(_ notebook: Notebook, _ claims: [CheckedClaim]) -> [CheckedErratum] {
    notebook.ledger.errata.compactMap { entry in
      if let direct = notebook.errata[entry.id] { return direct }
      let claim = claims.first { $0.verdict.showsErratum && $0.entry.errata.contains(entry.id) }
      return claim.map { claim in
        let evidence = claim.evidence
        let printed =
          evidence.wrongReading
          ?? claim.entry.printedNumbers.map(\.value)
        return CheckedErratum(
          entry: entry, claim: claim.entry.id, printed: printed, right: evidence.computed,
          line: claim.line)
      }
    }
  }

  private static func audit(_ notebook: Notebook, _ shown: [CheckedErratum]) -> [Diagnostic] {
    let ledger = notebook.ledger
    let unrecorded = ledger.claims.filter { notebook.claims[$0.id] == nil }.map {
      Diagnostic(ledger.path, $0.line, "the lecture does not record the claim '\($0.id)'")
    }
    // With changed parameters a mistake need not show; the reference run has shown it.
    guard notebook.isReference else { return unrecorded }
    let ids = Set(shown.map(\.entry.id))
    return unrecorded
      + ledger.errata.filter { !ids.contains($0.id) }.map {
        Diagnostic(
          notebook.path, nil,
          "nothing shows '\($0.id)' (line \($0.line) of errata.csv): record it with "
            + "`notebook.erratum` or a claim")
      }
  }

  private static func closing(
    _ claims: [CheckedClaim], _ errata: [CheckedErratum], _ link: String?
  ) -> String {
    var text =
      "## Verdicts\n\nEvery statement of the documents that belongs to this lecture, with all "
      + "digits, is in [claims.csv](claims.csv); the ids lead to the lines that "
      + "compute them.\n\n" + ClaimTables.counts(claims)
    if !errata.isEmpty {
      text +=
        "\n## Errata\n\nWhat the documents print, what is right, and what each gives when it is "
        + "computed ([CSV](errata.csv)).\n\n" + ClaimTables.markdown(errata, source: link)
    }
    return text
  }

  public static let sharedHeader = ["key", "value", "source"]

  private static func sharedFile(_ notebook: Notebook, _ source: String) -> [OutputFile] {
    guard !notebook.shared.isEmpty else { return [] }
    let rows = notebook.shared.map { [$0.key, CSV.text($0.value), "\(source):\($0.line)"] }
    return [OutputFile(name: "shared.csv", text: CSV.text(header: sharedHeader, rows: rows))]
  }

  private static func data(of recorded: Notebook.Recorded) -> [OutputFile] {
    switch recorded.output {
    case .table(let name, _, let columns):
      [OutputFile(name: "\(name).csv", text: Column.csv(columns))]
    case .figure(let name, let figure):
      [
        OutputFile(name: "\(name).csv", text: figure.csv),
        OutputFile(name: "\(name).svg", text: figure.svg),
      ]
    case .equation, .claim: []
    }
  }
}
