import NeuralNetwork

/// A calculation by hand that gives what is printed.
public struct HandCalculation: Equatable, Sendable {
  /// How every step was rounded.
  public let rule: RoundingRule
  /// What came out.
  public let values: [Double]
}

extension HandCalculation {
  /// The first calculation that explains the printed numbers, where the exact values do not.
  ///
  /// Tried are as many decimals as are printed, then as many significant digits, then one, two and three
  /// digits more of either; each rounded with halves up, cut off, and rounded with halves to even.
  ///
  /// - Parameter replay: the values when every step is rounded by a rule, one for each printed number.
  /// - Returns: nil when the computed values explain all numbers already, or no rule does.
  /// - Throws: what `replay` throws, and `EvidenceError` when it gives another number of values.
  init?(
    explaining printed: [PrintedNumber], computed: [Double],
    by replay: (RoundingRule) throws -> [Double]
  ) throws {
    func isExplained(_ values: [Double]? = nil, _ rule: RoundingRule? = nil) -> Bool {
      printed.indices.allSatisfy { index in
        let byHand = values.flatMap { values in rule.map { (values[index], $0) } }
        return printed[index].verdict(computed: computed[index], byHand: byHand) != .inconsistent
      }
    }
    guard printed.count == computed.count, !isExplained() else { return nil }
    for rule in Self.candidates(printed) {
      let values = try replay(rule)
      guard values.count == printed.count else {
        throw EvidenceError("\(printed.count) number(s) are printed, \(values.count) were replayed")
      }
      if isExplained(values, rule) {
        self.rule = rule
        self.values = values
        return
      }
    }
    return nil
  }

  static func candidates(_ printed: [PrintedNumber]) -> [RoundingRule] {
    let decimals = printed.map(\.decimals).max() ?? 0
    let significant = printed.map(\.significant).max() ?? 1
    let rests: [DecimalDigits.Rule] = [.halfAwayFromZero, .towardZero, .halfToEven]
    return (0...3).flatMap { more in
      rests.map { .decimals(decimals + more, $0) }
        + rests.map { .significant(significant + more, $0) }
    }
  }
}
