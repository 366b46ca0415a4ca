/// How much an event tells, and how much an answer in probabilities is worth.
///
/// The base of the logarithm is the unit: 2 counts in bits, e in nats. One nat is `1 / ln 2` bits.
public enum Information {
  /// The base of the natural logarithm, for results in nats.
  public static let e = 2.718281828459045

  /// `−log p`: the information content of an event with probability p. Certainty tells nothing, the
  /// impossible would tell infinitely much.
  ///
  /// - Throws: `NetworkError.invalidSetting` unless p lies in 0…1 and the base above 1.
  ///
  /// Source: 001 "Information content (IC)".
  public static func content(_ probability: Double, base: Double = 2) throws -> Double {
    guard (0...1).contains(probability) else {
      throw NetworkError.invalidSetting(name: "probability", value: probability, allowed: "0 to 1")
    }
    return try 0 - logarithm(base)(probability)
  }

  /// `−Σ pᵢ log pᵢ`: the expected information content, with 0 · log 0 taken as 0.
  ///
  /// - Throws: `NetworkError.invalidSetting` unless p is a distribution and the base above 1.
  ///
  /// Source: 001 "Entropy: Expected information content".
  public static func entropy(_ p: [Double], base: Double = 2) throws -> Double {
    try crossEntropy(p, p, base: base)
  }

  /// `−Σ pᵢ log qᵢ`: the expected content when events follow p and q was predicted. At least the
  /// entropy of p, which it is for q = p; infinite where q rules out what p has.
  ///
  /// - Throws: as `divergence`.
  ///
  /// Source: 001 "Cross-entropy: gives a measure on how close a predicted distribution is".
  public static func crossEntropy(_ p: [Double], _ q: [Double], base: Double = 2) throws -> Double {
    let log = try logarithm(base)
    try check(p, q)
    return zip(p, q).map { $0 == 0 ? 0 : -$0 * log($1) }.reduce(0, +)
  }

  /// `Σ pᵢ log (pᵢ / qᵢ)`: what a prediction q costs beyond the entropy of p, the divergence of
  /// Kullback and Leibler. 0 for q = p.
  ///
  /// - Throws: `NetworkError.shapeMismatch` for lists of different lengths, and `.invalidSetting`
  ///   unless both are distributions and the base lies above 1.
  ///
  /// Source: 001 "Capture difference between two probability distributions".
  public static func divergence(_ p: [Double], _ q: [Double], base: Double = 2) throws -> Double {
    let log = try logarithm(base)
    try check(p, q)
    return zip(p, q).map { $0 == 0 ? 0 : $0 * log($0 / $1) }.reduce(0, +)
  }

  private static func logarithm(_ base: Double) throws -> (Double) -> Double {
    guard base > 1, base.isFinite else {
      throw NetworkError.invalidSetting(name: "base", value: base, allowed: "a number above 1")
    }
    // log2 gives whole bits for powers of two; a quotient of logarithms need not.
    if base == 2 { return Double.log2 }
    let unit = Double.log(base)
    return { Double.log($0) / unit }
  }

  private static func check(_ p: [Double], _ q: [Double]) throws {
    guard p.count == q.count else {
      throw NetworkError.shapeMismatch(
        operation: "distributions over the same events", left: Shape(p.count, 1),
        right: Shape(q.count, 1))
    }
    for distribution in [p, q] {
      if let index = distribution.firstIndex(where: { !(0...1).contains($0) }) {
        throw NetworkError.invalidSetting(
          name: "probability \(index + 1)", value: distribution[index], allowed: "0 to 1")
      }
      let sum = distribution.reduce(0, +)
      guard abs(sum - 1) < 1e-9 else {
        throw NetworkError.invalidSetting(
          name: "the sum of the probabilities", value: sum, allowed: "1, as in a distribution")
      }
    }
  }
}
