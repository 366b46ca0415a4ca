import NeuralNetwork

/// What a lecture computed for one claim.
public struct Evidence: Equatable, Sendable {
  /// The right values.
  public let computed: [Double]
  /// What the document's statement gives, one list a reading; empty where nothing is stated.
  public let readings: [[Double]]
  /// The calculation by hand that gives the printed numbers; nil where none is needed or none does.
  public let byHand: HandCalculation?
  /// Further values, shown and kept but not compared.
  public let also: [Double]
  /// How far a reading may be from the computed value, relative to the larger one or to 1.
  public let tolerance: Double

  /// Every value, in the order of `claims.csv`.
  public var values: [Double] { computed + also }

  /// The verdict on a claim.
  ///
  /// - Throws: a message (a `String` in `EvidenceError`) when the evidence is not of the kind that the
  ///   statement needs.
  func verdict(on claim: Ledger.Claim) throws -> Verdict {
    if let bad = (values + readings.joined()).first(where: \.isNaN) {
      throw EvidenceError("\(claim.id): a recorded value is \(bad)")
    }
    if values.isEmpty && claim.statement != .missing {
      throw EvidenceError("\(claim.id): no value was computed")
    }
    switch claim.statement {
    case .number: return try verdict(onNumbers: claim)
    case .formula, .rule, .words:
      guard !readings.isEmpty else {
        throw EvidenceError(
          "\(claim.id) is a statement (\(claim.statement.rawValue)): pass what it gives as "
            + "`asPrinted:`, to be compared with the computed value")
      }
      return try verdict(onReadingsOf: claim)
    case .implied, .question:
      guard readings.isEmpty else {
        throw EvidenceError("\(claim.id) prints nothing to compare: leave out `asPrinted:`")
      }
      return claim.statement == .implied ? .derived : .question
    case .missing:
      return .notComputable
    }
  }

  private func verdict(onNumbers claim: Ledger.Claim) throws -> Verdict {
    let printed = claim.printedNumbers
    guard printed.count == computed.count else {
      throw EvidenceError(
        "\(claim.id) prints \(printed.count) number(s), \(computed.count) were computed")
    }
    let verdicts = printed.indices.map { index in
      printed[index].verdict(
        computed: computed[index], byHand: byHand.map { ($0.values[index], $0.rule) })
    }
    // The weakest agreement speaks for the claim.
    let order: [Verdict] = [.inconsistent, .handRounded, .truncated, .rounded]
    return order.first(where: verdicts.contains) ?? .exact
  }

  /// The rule that explains the printed digits, in words; nil unless they are cut off or rounded by hand.
  func rule(on claim: Ledger.Claim, _ verdict: Verdict) -> String? {
    switch verdict {
    case .handRounded: byHand.map { "\($0.rule) at each step" }
    case .truncated:
      claim.printedNumbers.map(\.decimals).max().map {
        "\(RoundingRule.decimals($0, .towardZero)) at the end"
      }
    default: nil
    }
  }

  private func verdict(onReadingsOf claim: Ledger.Claim) throws -> Verdict {
    let holds = readings.map(holds)
    if holds.allSatisfy({ $0 }) { return claim.statement == .formula ? .identity : .exact }
    return holds.contains(true) ? .ambiguous : .inconsistent
  }

  private func holds(_ reading: [Double]) -> Bool {
    reading.count == computed.count
      && zip(reading, computed).allSatisfy { isClose($0, $1, within: tolerance) }
  }

  /// The first reading that is not right, if there is one.
  var wrongReading: [Double]? { readings.first { !holds($0) } }
}

/// The values of a printed formula; none where its shapes do not fit, so that it is undefined.
public func undefinedIfShapesDiffer(_ formula: () throws -> [Double]) throws -> [Double] {
  do {
    return try formula()
  } catch NetworkError.shapeMismatch {
    return []
  }
}

/// Evidence that does not fit its claim.
struct EvidenceError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
