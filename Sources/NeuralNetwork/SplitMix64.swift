import Kernels

/// The SplitMix64 generator of Steele, Lea and Flood: 64 bits of state, the same stream everywhere.
///
/// The standard library's `Double.random(in:using:)` may map the bits differently in another version
/// of Swift, so the mapping to numbers is here too.
public struct SplitMix64: Sendable {
  private var state: UInt64

  /// The stream of a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in `low ..< high`: the upper 53 bits as a fraction, scaled. Where the sum rounds up to
  /// `high`, the number below it is returned.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    let number = low + (high - low) * (Double(next() >> 11) * 0x1p-53)
    return number < high ? number : max(low, high.nextDown)
  }

  /// A number of the standard normal distribution, by the method of Box and Muller.
  public mutating func normal() -> Double {
    // 1 − u lies in 0 < … ≤ 1, so its logarithm is finite.
    let radius = (-2 * Double.log(1 - uniform(0, 1))).squareRoot()
    return radius * kernelCos(2 * .pi * uniform(0, 1))
  }

  /// The numbers `0 ..< count` in random order, each order equally likely (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    Array(unsafeUninitializedCapacity: count) { order, initializedCount in
      _ = order.initialize(from: 0..<count)
      for last in stride(from: count - 1, to: 0, by: -1) {
        order.swapAt(last, index(below: last + 1))
      }
      initializedCount = count
    }
  }

  /// An integer in `0 ..< count`, each equally likely.
  public mutating func index(below count: Int) -> Int {
    precondition(count > 0, "no index below \(count)")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
