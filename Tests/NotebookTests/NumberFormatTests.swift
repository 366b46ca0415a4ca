import Testing

@testable import Notebook

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.24256, 2, "0.24"), (0.6, 2, "0.60"), (3, 2, "3.00"), (3, 0, "3"), (1234.5, 1, "1234.5"),
    (-1.13828125856493, 2, "−1.14"), (99.999, 2, "100.00"), (0, 3, "0.000"),
  ])
  func decimalsKeepTheirTrailingZeros(number: Double, count: Int, text: String) {
    #expect(NumberFormat.decimals(count).text(number) == text)
  }

  @Test(arguments: [(0.125, "0.13"), (-0.125, "−0.13"), (1.005, "1.01"), (2.675, "2.68")])
  func halvesOfTheShortestDecimalFormGoAwayFromZero(number: Double, text: String) {
    #expect(NumberFormat.decimals(2).text(number) == text)
  }

  @Test(arguments: [NumberFormat.decimals(2), .significant(3), .scientific(3), .plain])
  func zeroHasNoSign(format: NumberFormat) {
    #expect(format.text(-0.0) == format.text(0))
    #expect(!format.text(-0.0).contains(/[-−]/))
  }

  @Test(arguments: [
    (0.001, 2, "1.0·10⁻³"), (-0.004, 2, "−4.0·10⁻³"), (0.3, 0, "3.0·10⁻¹"),
    (5e-300, 4, "5.0·10⁻³⁰⁰"), (0.005, 2, "0.01"), (0.4999, 0, "5.0·10⁻¹"),
  ])
  func aNumberThatIsNotZeroIsNeverShownAsZero(number: Double, count: Int, text: String) {
    #expect(NumberFormat.decimals(count).text(number) == text)
  }

  @Test(arguments: [
    (0.0622459, 3, "0.0622"), (12.5, 4, "12.50"), (123456, 3, "123000"), (0, 3, "0"),
    (0.001, 2, "0.0010"), (0.000999, 2, "1.0·10⁻³"), (0.00045, 3, "4.50·10⁻⁴"),
    (999999, 6, "999999"), (1e6, 3, "1.00·10⁶"), (-2.5e7, 2, "−2.5·10⁷"), (9.999, 3, "10.0"),
  ])
  func significantDigitsTurnToPowersAtEitherEnd(number: Double, count: Int, text: String) {
    #expect(NumberFormat.significant(count).text(number) == text)
  }

  @Test(arguments: [
    (1, 3, "1.00·10⁰"), (0.5, 1, "5·10⁻¹"), (-123.456, 2, "−1.2·10²"), (9.99, 2, "1.0·10¹"),
    (0, 3, "0"), (6.02214076e23, 4, "6.022·10²³"),
  ])
  func scientificIsAlwaysAPower(number: Double, count: Int, text: String) {
    #expect(NumberFormat.scientific(count).text(number) == text)
  }

  @Test(
    arguments: [
      (1.35874, "1.35874"), (3, "3"), (-0.75, "−0.75"), (0.1 + 0.2, "0.3"),
      (1.0 / 3, "0.333333333333"), (0.0001, "0.0001"), (0.00009, "9·10⁻⁵"), (1.5e-5, "1.5·10⁻⁵"),
      (123_456_789, "123456789"), (1e15, "1·10¹⁵"), (0, "0"),
    ] as [(Double, String)])
  func plainHasAsManyDigitsAsTheNumber(number: Double, text: String) {
    #expect(NumberFormat.plain.text(number) == text)
  }

  @Test(
    arguments: [
      (0.731058578630005, "0.731059"), (2.5, "2.5"), (3, "3"), (1e-7, "1·10⁻⁷"), (0, "0"),
      (1_234_567.8, "1234570"), (-0.3000000001, "−0.3"),
    ] as [(Double, String)])
  func upToSoManyDigitsHasNoTrailingZeros(number: Double, text: String) {
    #expect(NumberFormat.upTo(6).text(number) == text)
  }

  @Test(arguments: [NumberFormat.decimals(2), .significant(3), .scientific(3), .plain])
  func whatIsNotFiniteHasAName(format: NumberFormat) {
    #expect(format.text(.infinity) == "∞")
    #expect(format.text(-.infinity) == "−∞")
    #expect(format.text(.nan) == "NaN")
    #expect(format.text(.infinity, in: .math) == "\\infty")
    #expect(format.text(-.infinity, in: .math) == "-\\infty")
  }

  @Test(arguments: [
    (NumberFormat.decimals(2), "4.5 \\cdot 10^{-5}"), (.significant(3), "4.50 \\cdot 10^{-5}"),
    (.scientific(1), "5 \\cdot 10^{-5}"), (.plain, "4.5 \\cdot 10^{-5}"),
  ])
  func powersInFormulasAreLaTeX(format: NumberFormat, text: String) {
    #expect(format.text(4.5e-5, in: .math) == text)
  }

  @Test func aNegativeFactorOfAFormulaStandsInBrackets() {
    #expect(NumberFormat.plain.tex(-0.5, factor: true) == "(-0.5)")
    #expect(NumberFormat.plain.tex(-0.5) == "-0.5")
    #expect(NumberFormat.plain.tex(0.5, factor: true) == "0.5")
    #expect(NumberFormat.plain.tex(4.5e-5) == "4.5 \\cdot 10^{-5}")
  }

  @Test func theMinusOfTextIsATrueOneAndThatOfFormulasIsLaTeX() {
    #expect(NumberFormat.decimals(2).text(-0.5) == "\u{2212}0.50")
    #expect(NumberFormat.decimals(2).text(-0.5, in: .math) == "-0.50")
    #expect(NumberFormat.plain.text(-4.5e-5) == "\u{2212}4.5·10⁻⁵")
    #expect(NumberFormat.plain.tex(-4.5e-5) == "-4.5 \\cdot 10^{-5}")
  }

  @Test(arguments: [(0, "⁰"), (-5, "⁻⁵"), (1_234_567_890, "¹²³⁴⁵⁶⁷⁸⁹⁰")])
  func exponentsAreInSuperscript(number: Int, text: String) {
    #expect(superscript(number) == text)
  }
}
