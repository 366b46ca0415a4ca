import Testing

@testable import Notebook

/// One network in five documents' symbols.
@Suite struct DialectTests {
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
}
