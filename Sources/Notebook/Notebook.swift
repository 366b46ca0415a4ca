import NeuralNetwork

/// What a lecture writes on while it runs: values for its prose, tables, figures, claims.
///
/// Every call notes the line it stands on; the weave puts the output after that line's code. Faults
/// are collected and reported together when the lecture has run, so the lecture's code needs no `try`.
public final class Notebook {
  struct Value {
    let number: Double?
    let format: NumberFormat
    let text: String
    let line: Int
  }

  enum Output {
    case equation(String)
    case table(name: String, caption: String, columns: [Column])
    case figure(name: String, figure: any Figure)
    case claim(CheckedClaim)
  }

  struct Recorded {
    let output: Output
    let line: Int
    /// The method that was called, to find it again in the source.
    let call: String
  }

  /// Whether the parameters are the documents' own; the verdicts hold for those only.
  public let isReference: Bool

  let ledger: Ledger
  let path: String
  private let reference: [String: Evidence]
  private(set) var values: [String: Value] = [:]
  private(set) var outputs: [Recorded] = []
  private(set) var claims: [String: CheckedClaim] = [:]
  private(set) var errata: [String: CheckedErratum] = [:]
  private(set) var shared: [(key: String, value: Double, line: Int)] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var lastLine = 0
  private var names: Set<String> = ["claims", "errata", "report", "shared"]

  /// - Parameters:
  ///   - path: the lecture's source, for messages.
  ///   - reference: what was computed with the documents' own parameters when this run has others.
  init(ledger: Ledger, path: String, reference: [String: Evidence]? = nil) {
    self.ledger = ledger
    self.path = path
    self.reference = reference ?? [:]
    isReference = reference == nil
  }

  // MARK: Values in prose

  /// Records a number for `{{key}}` in prose.
  public func value(
    _ key: String, _ number: Double, _ format: NumberFormat = .plain, line: Int = #line
  ) {
    record(key, Value(number: number, format: format, text: "", line: line))
  }

  /// Records a text for `{{key}}` in prose.
  public func value(_ key: String, text: String, line: Int = #line) {
    record(key, Value(number: nil, format: .plain, text: text, line: line))
  }

  private func record(_ key: String, _ value: Value) {
    lastLine = value.line
    if let earlier = values.updateValue(value, forKey: key) {
      fault(value.line, "the value '\(key)' was recorded on line \(earlier.line) already")
    }
  }

  /// Records a quantity that other lectures compute too, under a key that they have in common. When all
  /// lectures are run, equal keys must have equal values.
  public func shared(_ key: String, _ value: Double, line: Int = #line) {
    lastLine = line
    if let earlier = shared.first(where: { $0.key == key }) {
      fault(line, "the shared quantity '\(key)' was recorded on line \(earlier.line) already")
    }
    shared.append((key, value, line))
  }

  // MARK: Outputs

  /// A display equation, in LaTeX.
  public func equation(_ latex: String, line: Int = #line) {
    add(.equation(latex), line, "equation")
  }

  /// A table on the page and its numbers at full precision in `<name>.csv`.
  public func table(_ name: String, _ caption: String, _ columns: [Column], line: Int = #line) {
    lastLine = line
    let counts = Set(columns.map(\.count))
    if counts.count > 1 {
      fault(line, "the columns of table '\(name)' have different lengths: \(counts.sorted())")
      return
    }
    claimName(name, line)
    add(.table(name: name, caption: caption, columns: columns), line, "table")
  }

  /// A figure in `<name>.svg` and its data in `<name>.csv`.
  public func figure(_ name: String, _ figure: some Figure, line: Int = #line) {
    claimName(name, line)
    add(.figure(name: name, figure: figure), line, "figure")
  }

  private func add(_ output: Output, _ line: Int, _ call: String) {
    lastLine = line
    outputs.append(Recorded(output: output, line: line, call: call))
  }

  private func claimName(_ name: String, _ line: Int) {
    if !names.insert(name).inserted {
      fault(line, "there is another output named '\(name)'")
    }
  }

  // MARK: Claims

  /// What the document prints for a claim, for tables that set it beside the computed value.
  public func printed(_ id: String) -> String {
    ledger.claims.first { $0.id == id }?.shownNumbers ?? ""
  }

  /// Records the computed values of a claim and derives its verdict.
  ///
  /// - Parameters:
  ///   - id: the claim's id in the ledger.
  ///   - computed: what is right. Compared with the printed digits where the document prints numbers.
  ///   - asPrinted: what the document's formula or words give, evaluated; compared with `computed`.
  ///   - byHand: the values when every step is rounded by a rule, from a run in the hand arithmetic. The
  ///     rules are tried in turn, and the first that gives the printed digits explains them.
  ///   - also: further values to show, not compared.
  ///   - tolerance: how far `asPrinted` may be from `computed`, relative to the larger one or to 1.
  ///     The default leaves room for the rounding of a few thousand steps in `Double`.
  public func claim(
    _ id: String, _ computed: [Double], asPrinted: [Double]? = nil,
    byHand: ((RoundingRule) throws -> [Double])? = nil,
    also: [Double] = [], within tolerance: Double = 1e-12, line: Int = #line
  ) {
    let printed = ledger.claims.first { $0.id == id }?.printedNumbers ?? []
    var calculation: HandCalculation?
    do {
      calculation = try byHand.flatMap {
        try HandCalculation(explaining: printed, computed: computed, by: $0)
      }
    } catch {
      fault(line, "\(id): \(error)")
    }
    check(
      id,
      Evidence(
        computed: computed, readings: asPrinted.map { [$0] } ?? [], byHand: calculation,
        also: also, tolerance: tolerance), line)
  }

  /// Records a claim of one value.
  public func claim(
    _ id: String, _ computed: Double, asPrinted: Double? = nil,
    byHand: ((RoundingRule) throws -> Double)? = nil, also: [Double] = [],
    within tolerance: Double = 1e-12, line: Int = #line
  ) {
    claim(
      id, [computed], asPrinted: asPrinted.map { [$0] },
      byHand: byHand.map { replay in { [try replay($0)] } }, also: also, within: tolerance,
      line: line)
  }

  /// Records a claim that can be read in several ways, each evaluated.
  public func claim(
    _ id: String, _ computed: [Double], readings: [[Double]], also: [Double] = [],
    within tolerance: Double = 1e-12, line: Int = #line
  ) {
    check(
      id,
      Evidence(
        computed: computed, readings: readings, byHand: nil, also: also, tolerance: tolerance),
      line)
  }

  /// Records that a claim cannot be computed, with the values that can.
  public func notComputable(_ id: String, known: [Double] = [], line: Int = #line) {
    let evidence = Evidence(computed: known, readings: [], byHand: nil, also: [], tolerance: 0)
    check(id, evidence, line, missing: true)
  }

  /// Shows an erratum that no claim shows: what the printed form gives, and what is right.
  public func erratum(_ id: String, printed: [Double], right: [Double], line: Int = #line) {
    lastLine = line
    guard let entry = ledger.errata.first(where: { $0.id == id }) else {
      let known = ledger.errata.map(\.id)
      fault(line, unknown("erratum of this lecture", id, in: "errata.csv", among: known))
      return
    }
    let agree =
      printed.count == right.count
      && zip(printed, right).allSatisfy { isClose($0, $1, within: 1e-12) }
    if agree && isReference {
      fault(line, "\(id): the printed form gives the right values, so nothing is shown")
    }
    let checked = CheckedErratum(
      entry: entry, claim: "", printed: printed, right: right, line: line)
    if let earlier = errata.updateValue(checked, forKey: id) {
      fault(line, "\(id) was shown on line \(earlier.line) already")
    }
  }

  private func check(_ id: String, _ evidence: Evidence, _ line: Int, missing: Bool = false) {
    lastLine = line
    guard let entry = ledger.claims.first(where: { $0.id == id }) else {
      fault(line, unknown("claim", id, in: ledger.path, among: ledger.claims.map(\.id)))
      return
    }
    if missing != (entry.statement == .missing) {
      fault(
        line,
        missing
          ? "\(id) is in the ledger as computable; record its value with `claim`"
          : "\(id) is in the ledger as missing a datum; record it with `notComputable`")
      return
    }
    do {
      var verdict = try evidence.verdict(on: entry)
      if !isReference, let standard = reference[id], standard != evidence { verdict = .variant }
      if verdict.needsErratum && entry.errata.isEmpty {
        fault(line, "\(id) is \(verdict.rawValue), but the ledger names no erratum for it")
      }
      let claim = CheckedClaim(entry: entry, evidence: evidence, verdict: verdict, line: line)
      if let earlier = claims.updateValue(claim, forKey: id) {
        fault(line, "\(id) was recorded on line \(earlier.line) already")
      }
      add(.claim(claim), line, missing ? "notComputable" : "claim")
    } catch {
      fault(line, "\(error)")
    }
  }

  private func unknown(
    _ kind: String, _ id: String, in file: String, among known: [String]
  ) -> String {
    let nearest = known.min { distance($0, id) < distance($1, id) }
    return "there is no \(kind) '\(id)' in \(file)"
      + (nearest.map { "; the nearest is '\($0)'" } ?? "")
  }

  private func fault(_ line: Int, _ message: String) {
    diagnostics.append(Diagnostic(path, line, message))
  }
}
