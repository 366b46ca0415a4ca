import NeuralNetwork
import Testing

@Suite("Matrix: arithmetic")
struct MatrixArithmeticTests {
  /// The text of the error that `operation` throws.
  private func message<Result>(_ operation: () throws -> Result) throws -> String {
    "\(try #require(throws: NetworkError.self) { _ = try operation() })"
  }

  @Test("The product of a 2×3 and a 3×2 matrix")
  func product() throws {
    let left = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    let right = try Matrix([[7.0, 8], [9, 10], [11, 12]])
    #expect(try left * right == Matrix([[58, 64], [139, 154]]))
  }

  @Test("The product of square matrices depends on their order")
  func productOrder() throws {
    let left = try Matrix([[1.0, 2], [3, 4]])
    let right = try Matrix([[0.0, 1], [1, 0]])
    #expect(try left * right == Matrix([[2, 1], [4, 3]]))
    #expect(try right * left == Matrix([[3, 4], [1, 2]]))
  }

  @Test("001's example: W = [1 2; 3 4] times (1, 1) is (3, 7), its transpose times it (4, 6)")
  func transposedProduct() throws {
    let weights = try Matrix([[1.0, 2], [3, 4]])
    let delta = Matrix(column: [1.0, 1])
    #expect(try weights * delta == Matrix(column: [3, 7]))
    #expect(try weights.transposed * delta == Matrix(column: [4, 6]))
  }

  @Test("A product whose inner sizes differ is an error that names both shapes")
  func productShapes() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(
      throws: NetworkError.shapeMismatch(
        operation: "matrix product", left: Shape(2, 3), right: Shape(2, 3))
    ) { try matrix * matrix }
    #expect(
      try message { try matrix * matrix } == "matrix product: the shapes 2×3 and 2×3 do not fit")
  }

  @Test("Sum, difference and element-wise product go entry by entry")
  func entryByEntry() throws {
    let left = try Matrix([[1.0, 2], [3, 4]])
    let right = try Matrix([[5.0, 6], [7, 8]])
    #expect(try left + right == Matrix([[6, 8], [10, 12]]))
    #expect(try left - right == Matrix([[-4, -4], [-4, -4]]))
    #expect(try left.hadamard(right) == Matrix([[5, 12], [21, 32]]))
  }

  @Test("Entry-by-entry operations on different shapes are errors that name the operation")
  func entryByEntryShapes() throws {
    let wide = try Matrix([[1.0, 2]])
    let tall = Matrix(column: [1.0, 2])
    #expect(try message { try wide + tall } == "matrix sum: the shapes 1×2 and 2×1 do not fit")
    #expect(
      try message { try wide - tall } == "matrix difference: the shapes 1×2 and 2×1 do not fit")
    #expect(
      try message { try wide.hadamard(tall) }
        == "element-wise product: the shapes 1×2 and 2×1 do not fit")
  }

  @Test("A column is added to every column: one bias a row")
  func broadcast() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(try matrix.addingToEachColumn([10, 20]) == Matrix([[11, 12, 13], [24, 25, 26]]))
    let square = try Matrix([[1.0, 2], [3, 4]])
    #expect(try square.addingToEachColumn([10, 20]) == Matrix([[11, 12], [23, 24]]))
  }

  @Test("A column of the wrong length is an error that names its shape")
  func broadcastShapes() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(
      try message { try matrix.addingToEachColumn([1, 2, 3]) }
        == "broadcast sum: the shapes 2×3 and 3×1 do not fit")
  }

  @Test("A row sum adds over the columns")
  func rowSums() throws {
    #expect(try Matrix([[1.0, 2, 3], [4, 5, 6]]).rowSums == [6, 15])
  }

  @Test("Sums and products of hand numbers start from the first term, so no zero is added")
  func noZeroIsAdded() throws {
    let given = Matrix(column: [HandNumber(0.123, .decimals(1))])
    #expect(given.rowSums.map(\.value) == [0.123])
    // 0.123 · 1 is rounded once, to 0.12, and nothing is added to it.
    let row = try Matrix([[HandNumber(0.123, .decimals(2))]])
    #expect(try (row * Matrix(column: [HandNumber(1)])).elements.map(\.value) == [0.12])
  }

  @Test("A matrix without columns has no entries, and its row sums are 0")
  func noColumns() throws {
    let empty = Matrix<Double>(rows: 2, columns: 0, elements: [])
    #expect(empty.elements.isEmpty)
    #expect(empty.rowSums == [0, 0])
    #expect(empty.row(1).isEmpty)
    #expect(empty.transposed.shape == Shape(0, 2))
    #expect(try empty.addingToEachColumn([1, 2]) == empty)
    #expect(try empty.hadamard(empty) == empty)
  }

  @Test("A product over no terms is 0, and a product with no columns has none")
  func emptyProducts() throws {
    let noColumns = Matrix<Double>(rows: 2, columns: 0, elements: [])
    let noRows = Matrix<Double>(rows: 0, columns: 3, elements: [])
    #expect(try noColumns * noRows == Matrix(rows: 2, columns: 3) { _, _ in 0 })
    #expect(try Matrix([[1, 2]]) * noColumns == Matrix(rows: 1, columns: 0, elements: []))
  }
}
