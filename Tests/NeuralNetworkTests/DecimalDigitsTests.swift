import NeuralNetwork
import Testing

@Suite("Decimal digits of a Double")
struct DecimalDigitsTests {
  @Test(
    "The digits are the shortest that read back, without zeros at either end",
    arguments: [
      (0.1, [1], -1), (12.5, [1, 2, 5], 1), (1200, [1, 2], 3), (0.0625, [6, 2, 5], -2),
      (1e-5, [1], -5), (1e16, [1], 16), (1.25e16, [1, 2, 5], 16),
      (Double.leastNonzeroMagnitude, [5], -324),
      (0.1 + 0.2, [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4], -1),
      (1.7976931348623157e308, [1, 7, 9, 7, 6, 9, 3, 1, 3, 4, 8, 6, 2, 3, 1, 5, 7], 308),
    ] as [(Double, [UInt8], Int)])
  func shortestDigits(number: Double, digits: [UInt8], exponent: Int) {
    let short = DecimalDigits(number)
    #expect(short.digits == digits)
    #expect(short.exponent == exponent)
    #expect(!short.isNegative)
  }

  @Test("Zero has no digits, and minus zero is zero", arguments: [0.0, -0.0])
  func zero(number: Double) {
    let digits = DecimalDigits(number)
    #expect(digits.digits.isEmpty)
    #expect(digits.exponent == 0)
    #expect(!digits.isNegative)
    #expect(digits.value == 0)
    #expect(digits.text(decimals: 2) == "0.00")
  }

  @Test(
    "The decimals are the digits after the point",
    arguments: [(0.25, 2), (1200, 0), (0, 0), (-1.5, 1), (1e-5, 5), (1e16, 0)] as [(Double, Int)])
  func decimals(number: Double, count: Int) {
    #expect(DecimalDigits(number).decimals == count)
  }

  @Test(
    "Halves are rounded away from zero, as they are printed and not as they are stored",
    arguments: [
      (1.005, 2, "1.01"), (-1.005, 2, "-1.01"), (0.175, 2, "0.18"), (2.5, 0, "3"),
      (-2.5, 0, "-3"), (0.5, 0, "1"), (0.05, 1, "0.1"), (1250, -2, "1300"),
    ])
  func halves(number: Double, decimals: Int, text: String) {
    #expect(DecimalDigits(number).text(decimals: decimals) == text)
  }

  @Test(
    "What is nearer is what is rounded to",
    arguments: [
      (1.0049, 2, "1.00"), (0.1749, 2, "0.17"), (2.4999, 0, "2"), (-1.13828125856493, 2, "-1.14"),
      (0.598687660112452, 2, "0.60"), (12.002775, 4, "12.0028"), (0.04, 1, "0.0"),
    ])
  func nearest(number: Double, decimals: Int, text: String) {
    #expect(DecimalDigits(number).text(decimals: decimals) == text)
  }

  @Test(
    "A carry runs through the nines into a new place",
    arguments: [
      (9.996, 2, "10.00"), (0.999, 2, "1.00"), (-99.95, 1, "-100.0"), (1.0995, 3, "1.100"),
    ])
  func carry(number: Double, decimals: Int, text: String) {
    #expect(DecimalDigits(number).text(decimals: decimals) == text)
  }

  @Test(
    "A negative number that is rounded to zero loses its sign",
    arguments: [-0.001, -0.004999, -1e-5, -Double.leastNonzeroMagnitude])
  func noNegativeZero(number: Double) {
    let rounded = DecimalDigits(number).rounded(toDecimals: 2)
    #expect(rounded == DecimalDigits(0))
    #expect(rounded.value.sign == .plus)
    #expect(DecimalDigits(number).text(decimals: 2) == "0.00")
  }

  @Test("Every thousandth from −2 to 2 is rounded to hundredths as integers are")
  func agreesWithIntegers() {
    for thousandths in -2000...2000 {
      let hundredths = (thousandths.magnitude + 5) / 10
      let expected = Double(thousandths.signum()) * Double(hundredths) / 100
      #expect(DecimalDigits(Double(thousandths) / 1000).rounded(toDecimals: 2).value == expected)
    }
  }

  @Test(
    "Digits can be cut off instead",
    arguments: [(1.35874, 2, 1.35), (9.999, 1, 9.9), (-0.019, 1, 0), (-1.19, 1, -1.1), (0.9, 0, 0)])
  func cutOff(number: Double, decimals: Int, expected: Double) {
    #expect(DecimalDigits(number).rounded(toDecimals: decimals, .towardZero).value == expected)
  }

  @Test(
    "Significant digits count from the first digit that is not zero",
    arguments: [
      (0.00123456, 3, 0.00123), (123_456, 2, 120_000), (0.00999, 2, 0.01),
      (Double.leastNonzeroMagnitude, 1, Double.leastNonzeroMagnitude),
      (-2.0979, 3, -2.1), (0, 3, 0), (1.5, 7, 1.5),
    ])
  func significant(number: Double, count: Int, expected: Double) {
    #expect(DecimalDigits(number).rounded(toSignificant: count).value == expected)
  }

  @Test("Significant digits can be cut off")
  func significantCutOff() {
    #expect(DecimalDigits(1.35874).rounded(toSignificant: 3, .towardZero).value == 1.35)
  }

  @Test("The digits of any finite number read back as that number", arguments: 1...5)
  func roundTrip(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<1000 {
      let number = Double(bitPattern: random.next())
      if number.isFinite { #expect(DecimalDigits(number).value == number) }
    }
  }

  @Test(
    "The text is plain, with exactly the decimals asked for",
    arguments: [
      (0.6, 2, "0.60"), (12, 3, "12.000"), (-0.05, 3, "-0.050"), (1e16, 0, "10000000000000000"),
      (1e16, 1, "10000000000000000.0"), (1e-5, 5, "0.00001"), (1e-5, 2, "0.00"), (0, 0, "0"),
      (Double.leastNonzeroMagnitude, 3, "0.000"), (1024.5, 1, "1024.5"),
    ])
  func text(number: Double, decimals: Int, text: String) {
    #expect(DecimalDigits(number).text(decimals: decimals) == text)
  }

  @Test(
    "Scientific notation keeps the zeros of its significant digits",
    arguments: [
      (4.53978687024344e-5, 4, "4.540", -5), (9.9996, 3, "1.00", 1), (-125.874, 2, "-1.3", 2),
      (1e16, 1, "1", 16), (0, 3, "0.00", 0),
    ])
  func scientific(number: Double, significant: Int, mantissa: String, exponent: Int) {
    let result = DecimalDigits(number).scientific(significant: significant)
    #expect(result.mantissa == mantissa)
    #expect(result.exponent == exponent)
  }
}
