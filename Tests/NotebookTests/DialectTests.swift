import Testing

@testable import Notebook

/// One network in five documents' symbols.
@Suite struct DialectTests {
  @Test(
    "A hidden unit's sum in each document's symbols",
    arguments: [
      ("000", "z_2^{(2)} = W_{21}^{(1)} x_1 + W_{22}^{(1)} x_2 + b_2^{(1)}"),
      ("001", "z_2^{1} = w_{21}^{1} x_1 + w_{22}^{1} x_2 + b_2^{1}"),
      ("002", "z_2^{[1]} = w_{21}^{[1]} x_1 + w_{22}^{[1]} x_2 + b_2^{[1]}"),
      (
        "003",
        "z_2^{(2)} = \\Theta_{20}^{(1)} a_0^{(1)} + \\Theta_{21}^{(1)} a_1^{(1)} + "
          + "\\Theta_{22}^{(1)} a_2^{(1)}"
      ),
      ("004", "z_2^{1} = w_{21}^{1} a_1^{0} + w_{22}^{1} a_2^{0} + b_2^{1}"),
    ])
  func sums(document: String, equation: String) {
    // One-letter indices may stand with or without braces.
    func squeezed(_ text: String) -> String {
      text.replacing(/\{(\w)\}/) { "\($0.output.1)" }
    }
    #expect(squeezed(Dialect.of(document).sum(1, 2, inputs: 2)) == squeezed(equation))
  }

  @Test(
    "The output's weights carry the number of their source or of their destination",
    arguments: [("000", 2), ("001", 2), ("002", 2), ("003", 2), ("004", 2)])
  func secondWeights(document: String, number: Int) {
    #expect(Dialect.of(document).number(ofWeightsTo: 2) == number)
  }

  @Test("The sums that those weights make are one further in 000 and 003")
  func secondSums() {
    #expect(Dialect.all.map { $0.number(ofLayer: 2) } == [3, 2, 2, 3, 2])
  }

  @Test("A matrix with its bias column has one column more")
  func shapes() {
    let shapes = Dialect.all.map { $0.weightShape(units: 4, inputs: 3) }
    #expect(shapes.map(\.rows) == [4, 4, 4, 4, 4])
    #expect(shapes.map(\.columns) == [3, 3, 3, 4, 3])
  }

  @Test(
    "Every dialect names each parameter of a 3-4-2 network once",
    arguments: Dialect.all.map(\.document))
  func distinctNames(document: String) {
    let dialect = Dialect.of(document)
    var names: [String] = []
    for (layer, (inputs, units)) in [(3, 4), (4, 2)].enumerated() {
      for unit in 1...units {
        names.append(dialect.bias(layer + 1, unit))
        names += (1...inputs).map { dialect.weight(layer + 1, unit, $0) }
      }
    }
    #expect(names.count == 3 * 4 + 4 + 4 * 2 + 2)
    #expect(Set(names).count == names.count)
  }

  @Test(
    "A weight's gradient is the delta above times the activation below",
    arguments: [
      (
        "000",
        "\\frac{\\partial J}{\\partial W_{12}^{(2)}} = \\partial J/\\partial z_{1}^{(3)} \\cdot a_{2}^{(2)}"
      ),
      (
        "003",
        "\\frac{\\partial J}{\\partial \\Theta_{12}^{(2)}} = \\delta_{1}^{(3)} \\cdot a_{2}^{(2)}"
      ),
      ("004", "\\frac{\\partial C}{\\partial w_{12}^{2}} = \\delta_{1}^{2} \\cdot a_{2}^{1}"),
    ])
  func gradients(document: String, equation: String) {
    #expect(Dialect.of(document).weightGradient(2, 1, 2) == equation)
  }
}
