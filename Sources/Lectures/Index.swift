import Foundation
import Notebook

/// The index of all lectures: what was checked, how it came out, and every erratum.
///
/// It is made from the lectures' own `claims.csv` and `errata.csv`, so it says nothing that they do not.
struct Index {
  private struct Row {
    let lecture: String
    let fields: [String: String]
    subscript(_ column: String) -> String { fields[column] ?? "" }
  }

  private let lectures: [String]
  private let documents: [Row]
  private let claims: [Row]
  private let errata: [Row]
  private let shared: [Row]

  /// - Throws: `Diagnostic` for an output that is missing or malformed, and for a quantity that two
  ///   lectures quote with different values.
  init(lectures: [String], project: Project) throws {
    self.lectures = lectures
    func rows(_ url: URL, _ header: [String], _ lecture: String) throws -> [Row] {
      guard let text = try? String(contentsOf: url, encoding: .utf8) else {
        throw Diagnostic(url.path, nil, "is missing; write it with: swift run Lectures")
      }
      return try CSV.read(text, path: url.path, header: header).map { record in
        Row(lecture: lecture, fields: Dictionary(uniqueKeysWithValues: zip(header, record.fields)))
      }
    }
    func all(_ name: String, _ header: [String]) throws -> [Row] {
      try lectures.flatMap { lecture in
        try rows(project.outputs.appendingPathComponent("\(lecture)/\(name)"), header, lecture)
      }
    }
    documents = try rows(
      project.ledger.appendingPathComponent("documents.csv"), ["document", "title"], "")
    claims = try all("claims.csv", ClaimTables.claimHeader)
    errata = try all("errata.csv", ClaimTables.erratumHeader)
    shared = try lectures.flatMap { lecture -> [Row] in
      let url = project.outputs.appendingPathComponent("\(lecture)/shared.csv")
      guard FileManager.default.fileExists(atPath: url.path) else { return [] }
      return try rows(url, WovenLecture.sharedHeader, lecture)
    }
    try requireAgreement()
  }

  var summary: String {
    "\(coverage(of: claims)); \(errata.count) errata shown; read outputs/README.md"
  }

  var markdown: String {
    """
    <!-- Written by a run of all lectures; change the lectures, not this file. -->

    # What the lectures compute

    \(coverage(of: claims)). A verdict is never typed: it is derived by comparing what a document
    prints with what the engine computes.

    ## Coverage by lecture

    \(coverageTable("Lecture", lectures.map { ($0, "[\($0)](\($0)/report.md)") }) { $0.lecture == $1 })
    ## Coverage by document

    \(coverageTable("Document", documentKeys) { $0["document"] == $1 })
    ## Verdicts

    \(verdictTable)
    ## Quantities that several lectures quote

    They must agree, or the run fails.

    \(sharedTable)
    ## Errata by document

    What each document prints and what is right. The numbers that show it stand in the errata tables
    of the reports.

    \(errataTables)
    """
  }

  // MARK: Quantities that several lectures quote

  private var sharedKeys: [String] {
    shared.map { $0["key"] }.enumerated().filter { index, key in
      shared.firstIndex { $0["key"] == key } == index
    }.map(\.element)
  }

  private func requireAgreement() throws {
    for key in sharedKeys {
      let rows = shared.filter { $0["key"] == key }
      let values = rows.map { Double($0["value"]) ?? .nan }
      // The same quantity on another path: the last digits of a Double may differ.
      if let other = values.firstIndex(where: { !(abs($0 - values[0]) <= 1e-12 * abs(values[0])) })
      {
        throw Diagnostic(
          rows[other]["source"], nil,
          "'\(key)' is \(rows[other]["value"]), but \(rows[0]["value"]) in \(rows[0]["source"])")
      }
    }
  }

  private var sharedTable: String {
    ClaimTables.table(
      ["Quantity", "Value", "Lectures"],
      sharedKeys.map { key in
        let rows = shared.filter { $0["key"] == key }
        let value = Double(rows[0]["value"]) ?? .nan
        return [
          ClaimTables.text(key), NumberFormat.upTo(6).text(value),
          rows.map(\.lecture).joined(separator: ", "),
        ]
      }, numbers: [1])
  }

  // MARK: Tables

  private func coverage(of rows: [Row]) -> String {
    let missing = rows.filter(isMissing).count
    let computed = "\(rows.count - missing) of \(rows.count) claims computed"
    return missing == 0
      ? computed : "\(computed), \(missing) not computable (a figure or datum is missing)"
  }

  private func isMissing(_ row: Row) -> Bool { row["verdict"] == Verdict.notComputable.rawValue }

  private func coverageTable(
    _ heading: String, _ keys: [(key: String, label: String)], _ belongs: (Row, String) -> Bool
  ) -> String {
    ClaimTables.table(
      [heading, "Claims", "Computed", "Missing", "Errata shown"],
      keys.map { key, label in
        let rows = claims.filter { belongs($0, key) }
        let missing = rows.filter(isMissing).count
        return [
          label, String(rows.count), String(rows.count - missing), String(missing),
          String(errata.filter { belongs($0, key) }.count),
        ]
      }, numbers: [1, 2, 3, 4])
  }

  /// The documents, then the combinations that some claims and errata compare.
  private var documentKeys: [(key: String, label: String)] {
    let single = documents.map { row in
      (row["document"], "\(row["document"]): \(ClaimTables.text(row["title"]))")
    }
    let known = Set(single.map(\.0))
    let combined = Set((claims + errata).map { $0["document"] }).subtracting(known).sorted()
    return single + combined.map { ($0, "\($0) compared") }
  }

  private var verdictTable: String {
    let used = Verdict.allCases.filter { verdict in
      claims.contains { $0["verdict"] == verdict.rawValue }
    }
    return ClaimTables.table(
      ["Lecture"] + used.map(\.rawValue),
      lectures.map { lecture in
        [lecture]
          + used.map { verdict in
            String(
              claims.filter { $0.lecture == lecture && $0["verdict"] == verdict.rawValue }.count)
          }
      }, numbers: Set(1...max(used.count, 1)))
  }

  private var errataTables: String {
    documentKeys.compactMap { key, label in
      let rows = errata.filter { $0["document"] == key }
      guard !rows.isEmpty else { return nil }
      let table = ClaimTables.table(
        ["Printed", "Right", "Kind", "Shown by"],
        rows.map { row in
          let proof = row["claim"].isEmpty ? row["source"] : row["claim"]
          return [
            "\(ClaimTables.code(row["quote"]))<br>`\(row["id"])`",
            ClaimTables.text(row["correction"]),
            row["kind"], "[\(row.lecture)](\(row.lecture)/report.md#errata): `\(proof)`",
          ]
        })
      return "### \(label)\n\n\(table)"
    }.joined(separator: "\n")
  }
}
