import Foundation

/// What the documents state, as reviewed data: one file of claims a lecture, one file of errata.
///
/// The ledger holds what is printed, never what is computed.
public struct Ledger: Sendable {
  /// One statement of a document.
  public struct Claim: Equatable, Sendable {
    /// What kind of statement it is; decides how it is compared.
    public enum Statement: String, CaseIterable, Sendable {
      /// Numbers are printed.
      case number
      /// A formula is printed: an equality that holds or does not.
      case formula
      /// A rule, an expression or pseudo-code is printed: something that can be carried out.
      case rule
      /// Something is said in words.
      case words
      /// Nothing is printed; a value is implied.
      case implied
      /// The document asks.
      case question
      /// A figure or datum is missing.
      case missing
    }

    /// Stable: lecture, document, name.
    public let id: String
    /// `000` to `004`; several where documents are compared.
    public let document: String
    /// Decides how the claim is compared.
    public let statement: Statement
    /// The document's words or heading, understandable alone.
    public let quote: String
    /// The numbers, formula or words that are printed.
    public let printed: String
    /// The errata that concern it.
    public let errata: [String]
    /// What the computed values are, one after the other; for `missing`, what is missing.
    public let note: String
    /// The line of the ledger.
    public let line: Int

    /// The printed numbers as a page shows them, with true minus signs.
    var shownNumbers: String { printed.replacing("-", with: "−") }

    var printedNumbers: [PrintedNumber] { printed.split(list: ";").compactMap(PrintedNumber.init) }
  }

  /// One mistake or ambiguity of a document, and what is right.
  public struct Erratum: Equatable, Sendable {
    /// Stable: document, name.
    public let id: String
    /// The lecture that shows it.
    public let lecture: String
    /// `000` to `004`; several where documents differ from each other.
    public let document: String
    /// `error`, `inconsistency`, `ambiguity` or `typo`.
    public let kind: String
    /// What is printed.
    public let quote: String
    /// What is right.
    public let correction: String
    /// The line of the ledger.
    public let line: Int
  }

  public let path: String
  public let claims: [Claim]
  public let errata: [Erratum]
  /// The ids of all errata of all lectures.
  let knownErrata: Set<String>

  static let claimHeader = ["id", "document", "statement", "quote", "printed", "erratum", "note"]
  static let erratumHeader = ["id", "lecture", "document", "kind", "quote", "correction"]

  /// Reads the ledger of one lecture.
  ///
  /// - Parameters:
  ///   - lecture: its name in lower case, such as `backprop`.
  ///   - folder: the ledger's folder.
  /// - Throws: `Diagnostic` with file and line for anything malformed.
  public init(lecture: String, folder: URL) throws {
    func text(_ url: URL) throws -> String {
      do {
        return try String(contentsOf: url, encoding: .utf8)
      } catch {
        throw Diagnostic(url.path, nil, "the ledger cannot be read: \(error.localizedDescription)")
      }
    }
    let claimsURL = folder.appendingPathComponent("\(lecture).csv")
    let errataURL = folder.appendingPathComponent("errata.csv")
    try self.init(
      lecture: lecture, claims: text(claimsURL), claimsPath: claimsURL.path,
      errata: text(errataURL), errataPath: errataURL.path)
  }

  init(
    lecture: String, claims claimsText: String, claimsPath: String, errata errataText: String,
    errataPath: String
  ) throws {
    path = claimsPath
    claims = try CSV.read(claimsText, path: claimsPath, header: Self.claimHeader).map { record in
      let f = record.fields
      guard let statement = Claim.Statement(rawValue: f[2]) else {
        let known = Claim.Statement.allCases.map(\.rawValue).joined(separator: ", ")
        throw Diagnostic(
          claimsPath, record.line, "statement '\(f[2])' of \(f[0]) is none of \(known)")
      }
      let claim = Claim(
        id: f[0], document: f[1], statement: statement, quote: f[3], printed: f[4],
        errata: f[5].split(list: ";"), note: f[6], line: record.line)
      if statement == .number && claim.printedNumbers.count != claim.printed.split(list: ";").count
      {
        throw Diagnostic(
          claimsPath, record.line, "printed '\(f[4])' of \(f[0]) is not a list of numbers")
      }
      if statement == .missing && claim.note.isEmpty {
        throw Diagnostic(claimsPath, record.line, "\(f[0]) must name in its note what is missing")
      }
      return claim
    }
    let all = try CSV.read(errataText, path: errataPath, header: Self.erratumHeader).map { record in
      let f = record.fields
      return Erratum(
        id: f[0], lecture: f[1], document: f[2], kind: f[3], quote: f[4], correction: f[5],
        line: record.line)
    }
    errata = all.filter { $0.lecture == lecture }
    knownErrata = Set(all.map(\.id))
    try Self.requireUnique(claims.map { ($0.id, $0.line) }, claimsPath)
    try Self.requireUnique(all.map { ($0.id, $0.line) }, errataPath)
    for claim in claims {
      for id in claim.errata where !knownErrata.contains(id) {
        throw Diagnostic(claimsPath, claim.line, "\(claim.id) names an unknown erratum '\(id)'")
      }
    }
  }

  private static func requireUnique(_ ids: [(id: String, line: Int)], _ path: String) throws {
    var first: [String: Int] = [:]
    for (id, line) in ids {
      if let earlier = first.updateValue(line, forKey: id) {
        throw Diagnostic(path, line, "\(id) stands on line \(earlier) already")
      }
    }
  }
}

extension String {
  /// The parts between separators, without surrounding blanks and empty parts.
  func split(list separator: Character) -> [String] {
    split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
