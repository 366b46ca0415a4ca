import NeuralNetwork
import Testing

@Suite("Counting operations")
struct CountingNumberTests {
  @Test("Each operation counts once on its own counter, whichever operand carries the tally")
  func operations() {
    let tally = Tally()
    let x = CountingNumber(2, on: tally)
    let one = CountingNumber(1)
    _ = (x + one) - (one + x)
    _ = one * x / x
    _ = CountingNumber.exp(-x)
    _ = CountingNumber.sigmoid(CountingNumber.log(x))
    #expect(tally.sums == 3)
    #expect(tally.products == 2)
    #expect(tally.functions == 3)
  }

  @Test("Constants among themselves count nowhere")
  func constants() {
    #expect((CountingNumber(2) * CountingNumber(3)).value == 6)
  }

  @Test("A 3-4-1 pass makes one product a weight, one sum a term, one function a unit")
  func forwardPass() throws {
    var generator = SplitMix64(seed: 2)
    let network = try Network.random(
      sizes: [3, 4, 1], hidden: .sigmoid, output: .sigmoid, .uniform(1), using: &generator)
    let tally = Tally()
    let counted = try network.map { CountingNumber($0, on: tally) }
    let pass = try counted.forward(Matrix(column: [1, 2, 3].map { CountingNumber($0, on: tally) }))
    #expect(tally.products == 4 * 3 + 1 * 4)
    // Two sums for three products and one for the bias in each hidden unit; three and one above.
    #expect(tally.sums == 4 * (2 + 1) + (3 + 1))
    #expect(tally.functions == 5)
    #expect(
      try pass.output.elements.map(\.value)
        == network.forward(Matrix(column: [1, 2, 3])).output.elements)
  }
}
