import NeuralNetwork
import Testing

@Suite("One-hot targets, decoding, choosing columns")
struct OneHotTests {
  @Test("Each column has its 1 in the row of its label, counted from 0")
  func encoding() throws {
    #expect(
      try Matrix<Double>.oneHot([2, 0, 2, 1], classes: 3)
        == Matrix([[0, 1, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0]]))
  }

  @Test("No labels make a matrix without columns; one class has a 1 in every column")
  func edges() throws {
    #expect(try Matrix<Double>.oneHot([], classes: 3).shape == Shape(3, 0))
    #expect(try Matrix<Double>.oneHot([0, 0], classes: 1) == Matrix([[1, 1]]))
  }

  @Test(
    "A label that is no class is an error that names it and the range",
    arguments: [
      ([0, 3], 3, "label is 3; allowed: 0 to 2"), ([-1], 5, "label is -1; allowed: 0 to 4"),
    ]
  )
  func badLabel(labels: [Int], classes: Int, text: String) throws {
    let error = try #require(throws: NetworkError.self) {
      try Matrix<Double>.oneHot(labels, classes: classes)
    }
    #expect(error.description == text)
  }

  @Test("Decoding takes the largest entry of each column, the first of equals")
  func decoding() throws {
    let outputs = try Matrix([[0.2, -3, 0.5, 0], [0.7, -1, 0.5, 0], [0.1, -2, 0.4, 0]])
    #expect(outputs.largestRows == [1, 1, 0, 0])
  }

  @Test("Encoding and decoding gives back every label, also through softmax")
  func roundTrip() throws {
    var random = SplitMix64(seed: 47)
    for classes in [1, 2, 5, 10] {
      let labels = (0..<50).map { _ in random.index(below: classes) }
      let encoded = try Matrix<Double>.oneHot(labels, classes: classes)
      #expect(encoded.largestRows == labels)
      #expect(Activation.softmax.forward(encoded).largestRows == labels)
      #expect(encoded.transposed.rowSums == Array(repeating: 1, count: 50))
    }
  }

  @Test("Chosen columns come in the order asked for, also twice or not at all")
  func columns() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(try matrix.columns([2, 0, 2]) == Matrix([[3, 1, 3], [6, 4, 6]]))
    #expect(try matrix.columns(1..<3) == Matrix([[2, 3], [5, 6]]))
    #expect(matrix.columns([]).shape == Shape(2, 0))
  }
}
