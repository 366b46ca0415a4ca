import NeuralNetwork
import Testing

@Suite("Numbers noted line by line")
struct LineNumberTests {
  @Test("Within a line nothing is rounded; its result is, halves away from zero")
  func line() {
    let rule = RoundingRule.decimals(3)
    let (w, x, b) = (LineNumber(0.1, rule), LineNumber(-0.175, rule), LineNumber(-0.1, rule))
    // Rounding the product first, to −0.018 or −0.017, would make it −0.118 or −0.117 by chance.
    #expect((w * x + b).noted.value == -0.118)  // −0.1175
    #expect((LineNumber(0.75, rule) * LineNumber(-0.31)).noted.value == -0.233)  // −0.2325
    #expect((LineNumber(0.0045, .decimals(2)) + LineNumber(0.0045)).noted.value == 0.01)
  }

  @Test("A given number stands as given until a line ends on it, and noting twice changes nothing")
  func given() {
    let given = LineNumber(0.123, .decimals(1))
    #expect(given.value == 0.123)
    #expect(given.noted.value == 0.1)
    #expect(given.noted.noted == given.noted)
  }

  @Test("A sum that is 0 on paper is noted as 0, whatever binary fractions leave of it")
  func noise() {
    #expect(0.1 + 0.2 - 0.3 != 0)
    #expect((LineNumber(0.1) + LineNumber(0.2) - LineNumber(0.3)).noted.value == 0)
    #expect((LineNumber(0.3) - LineNumber(0.1) - LineNumber(0.2)).noted.value == 0)
  }

  @Test("A small number that is no remainder stays, to the last bit")
  func small() {
    let z = LineNumber(-46)
    let a = LineNumber.sigmoid(z).noted
    #expect(a.value == .sigmoid(-46))
    #expect((a * (LineNumber(1) - a)).noted.value == a.value * (1 - a.value))
    #expect((LineNumber(1) - LineNumber(0.999_999_999)).noted.value == 1 - 0.999_999_999)
    #expect((LineNumber(1) / LineNumber(3)).noted.value == 1.0 / 3)
  }

  @Test(
    "On symbols a noted result keeps its formula, and stays the very object where nothing changes")
  func symbols() {
    typealias Term = Symbolic<LineNumber>
    let x = Term(.a(layer: 0, unit: 1, example: 1), LineNumber(0.25, .decimals(1)))
    let square = (x * x).noted
    #expect(square.value == 0.1)
    #expect(square.noted === square)
    guard case .product(let l, let r) = square.form else {
      Issue.record("\(square.form)")
      return
    }
    #expect(l === x && r === x)
  }
}
