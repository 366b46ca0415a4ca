/// A claim with what was computed for it.
public struct CheckedClaim: Sendable {
  public let entry: Ledger.Claim
  public let evidence: Evidence
  public let verdict: Verdict
  public let line: Int

  /// The rule of rounding that explains the printed digits, in words; nil where none is needed.
  var rule: String? { evidence.rule(on: entry, verdict) }
}

/// An erratum with the computation that shows it.
public struct CheckedErratum: Sendable {
  public let entry: Ledger.Erratum
  /// The claim that shows it; empty where the lecture shows it directly.
  public let claim: String
  public let printed: [Double]
  public let right: [Double]
  public let line: Int
}
