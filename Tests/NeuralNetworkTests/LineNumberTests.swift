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

  @Test("A loss is what the noted output gives, or exact where that was rounded to 0 or 1")
  func loss() throws {
    let rule = RoundingRule.decimals(2)
    func cost(z: Double, _ activation: Activation, _ loss: Loss, _ targets: [Double]) throws
      -> Double
    {
      let network = try Network([
        Layer(
          Parameters(
            weights: Matrix(rows: targets.count, columns: 1) { row, _ in
              LineNumber(row == 0 ? z : 0, rule)
            }, biases: targets.map { _ in LineNumber(0, rule) }), activation: activation)
      ])
      return try network.cost(
        inputs: Matrix(column: [LineNumber(1, rule)]),
        targets: Matrix(column: targets.map { LineNumber($0, rule) }), loss: loss
      ).value
    }
    // σ(2) is noted as 0.88: −log 0.12 is 2.12, where log(1 + e²) is 2.13. σ(8) is noted as 1.00.
    #expect(try cost(z: 1, .sigmoid, .binaryCrossEntropy(reduction: .sum), [0]) == 1.31)
    #expect(try cost(z: 2, .sigmoid, .binaryCrossEntropy(reduction: .sum), [0]) == 2.12)
    #expect(try cost(z: 8, .sigmoid, .binaryCrossEntropy(reduction: .sum), [0]) == 8)
    #expect(try cost(z: 2, .softmax, .crossEntropy(reduction: .sum), [0, 1]) == 2.12)
    #expect(try cost(z: 8, .softmax, .crossEntropy(reduction: .sum), [0, 1]) == 8)
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
