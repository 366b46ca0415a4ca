import Foundation
import Kernels
import NeuralNetwork
import Testing

/// The logarithms, cosine and sine that are the same on every processor.
@Suite("Elementary functions")
struct ElementaryTests {
  /// An argument, the number nearest to the value, and how many units of its last place the value lies beyond
  /// it, by 120-digit arithmetic.
  typealias Pin = (x: Double, nearest: Double, beyond: Double)

  private static let logs: [Pin] = [
    (0.5, -0.6931471805599453, -0.209),
    (0.75, -0.2876820724517809, -0.470),
    (0.9999999999999999, -1.1102230246251565e-16, -0.250),
    (1.0000000000000002, 2.2204460492503128e-16, 0.000),
    (1.1, 0.09531017980432493, 0.427),
    (0.7071067811865476, -0.3465735902799726, 0.023),
    (0.7071067811865475, -0.34657359027997275, 0.194),
    (2.0, 0.6931471805599453, 0.209),
    (3.0, 1.0986122886681098, -0.409),
    (10.0, 2.302585092994046, -0.489),
    (0.9999, -0.00010000500033334732, 0.303),
    (1e-300, -690.7755278982137, -0.208),
    (.leastNonzeroMagnitude, -744.4400719213812, -0.389),
    (1.7976931348623157e+308, 709.782712893384, 0.208),
    (0.3562, -1.0322629081265757, 0.001),
    (1.0075, 0.0074720148387010564, 0.447),
  ]
  private static let binaryLogs: [Pin] = [
    (0.3, -1.7369655941662063, 0.488),
    (0.7071067811865475, -0.5000000000000001, -0.152),
    (1.0000000000000002, 3.203426503814917e-16, 0.370),
    (3.0, 1.584962500721156, 0.476),
    (10.0, 3.321928094887362, 0.374),
    (0.2, -2.321928094887362, -0.194),
    (1e+300, 996.5784284662087, -0.139),
    (0.7299, -0.45422927388986406, 0.363),
    (0.7061, -0.5020555781222572, -0.241),
  ]
  private static let logsOfOneMore: [Pin] = [
    (1.0, 0.6931471805599453, 0.209),
    (0.5, 0.4054651081081644, -0.052),
    (0.4142135623730951, 0.3465735902799727, -0.267),
    (1e-05, 9.999950000333332e-06, -0.141),
    (5.551115123125783e-17, 5.551115123125783e-17, -0.125),
    (1e-300, 1e-300, 0.000),
    (0.4197, 0.35044558168739126, -0.389),
    (0.6379, 0.4934149335061968, 0.000),
  ]
  private static let cosines: [Pin] = [
    (0.0, 1.0, 0.000),
    (0.1, 0.9950041652780258, -0.496),
    (0.7853981633974483, 0.7071067811865476, -0.240),
    (0.7853981633974484, 0.7071067811865475, 0.053),
    (1.0, 0.5403023058681398, -0.429),
    (1.5707963267948966, 6.123233995736766e-17, -0.121),
    (2.0, -0.4161468365471424, 0.359),
    (3.0, -0.9899924966004454, -0.379),
    (3.141592653589793, -1.0, 0.000),
    (4.0, -0.6536436208636119, 0.233),
    (4.71238898038469, -1.8369701987210297e-16, -0.318),
    (5.5, 0.70866977429126, 0.084),
    (6.283185307179586, 1.0, -0.000),
    (2.0758, -0.48381065501604215, -0.378),
    (2.3184, -0.6798834389452331, -0.013),
  ]
  private static let sines: [Pin] = [
    (0.0, 0.0, 0.000),
    (0.1, 0.09983341664682815, 0.222),
    (0.7853981633974483, 0.7071067811865475, 0.370),
    (0.7853981633974484, 0.7071067811865476, 0.077),
    (1.0, 0.8414709848078965, 0.016),
    (1.5707963267948966, 1.0, -0.000),
    (2.0, 0.9092974268256817, -0.126),
    (3.0, 0.1411200080598672, 0.309),
    (3.141592653589793, 1.2246467991473532e-16, -0.121),
    (4.0, -0.7568024953079282, -0.441),
    (4.71238898038469, -1.0, 0.000),
    (5.5, -0.7055403255703919, 0.161),
    (6.283185307179586, -2.4492935982947064e-16, 0.121),
    (3.0165, 0.12476666352560242, 0.323),
    (5.8655, -0.4056458421827625, 0.076),
  ]

  /// The header promises 0.55 units; a pin itself is rounded to thousandths.
  private func compare(
    _ pins: [Pin], _ function: (Double) -> Double, _ location: SourceLocation = #_sourceLocation
  ) {
    for pin in pins {
      let off = (function(pin.x) - pin.nearest) / pin.nearest.ulp - pin.beyond
      #expect(Swift.abs(off) <= 0.551, "x = \(pin.x)", sourceLocation: location)
    }
  }

  @Test(
    "Logarithms, cosine and sine are within 0.55 units of the last place of 120-digit arithmetic")
  func pinned() {
    compare(Self.logs, Double.log)
    compare(Self.binaryLogs, Double.log2)
    compare(Self.logsOfOneMore) { kernelLog(1 + $0, $0 - ((1 + $0) - 1)) }
    compare(Self.cosines, kernelCos)
    compare(Self.sines, Double.sin)
  }

  @Test("Logarithms of no positive number: −∞ of 0, no number of negative ones, ∞ of ∞")
  func limits() {
    for log in [Double.log, Double.log2] {
      #expect(log(0) == -.infinity)
      #expect(log(-0.0) == -.infinity)
      #expect(log(.infinity) == .infinity)
      #expect(log(-1).isNaN && log(-.infinity).isNaN && log(.nan).isNaN)
    }
    #expect(Float.log(0) == -.infinity && Float.log(-1).isNaN)
  }

  @Test("The binary logarithm of every power of two is a whole number")
  func powersOfTwo() {
    for power in -1074...1023 {
      let number = Double(sign: .plus, exponent: power, significand: 1)
      #expect(Double.log2(number) == Double(power))
    }
  }

  @Test("Sine and cosine of negative and of large numbers keep fifteen decimals")
  func otherTurns() {
    for step in -2000...2000 {
      let x = Double(step) * 0.0317
      #expect(Swift.abs(.sin(x) - sin(x)) < 1e-15 && Swift.abs(kernelCos(x) - cos(x)) < 1e-15)
    }
  }

  @Test("The C library's functions of random numbers are the same but for the last digit")
  func library() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<20_000 {
      let x = Double.exp(random.uniform(-40, 40))
      let share = random.uniform(0, 1)
      let angle = random.uniform(0, 2 * .pi)
      // Both are within one unit.
      for (own, library) in [
        (Double.log(x), Foundation.log(x)), (.log2(x), Foundation.log2(x)),
        (.log(1 - share), Foundation.log(1 - share)),
        (kernelCos(angle), cos(angle)), (.sin(angle), sin(angle)),
      ] {
        #expect(Swift.abs(own - library) <= 2 * library.ulp)
      }
      #expect(Float.log(Float(x)) == Float(Double.log(Double(Float(x)))))
    }
  }
}
