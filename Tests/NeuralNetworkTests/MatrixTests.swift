import NeuralNetwork
import Testing

@Suite("Matrix: construction, access and finiteness")
struct MatrixTests {
  @Test("Rows are given as on the page and stored column by column")
  func storage() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(matrix.shape == Shape(2, 3))
    #expect(matrix.elements == [1, 4, 2, 5, 3, 6])
    #expect(matrix == Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6]))
  }

  @Test("Entries, rows and columns are counted from 0")
  func access() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(matrix[0, 2] == 3)
    #expect(matrix[1, 0] == 4)
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.column(1) == [2, 5])
  }

  @Test("An entry can be replaced without touching its neighbours")
  func replace() throws {
    var matrix = try Matrix([[1.0, 2], [3, 4]])
    matrix[0, 1] = 9
    #expect(matrix == (try Matrix([[1, 9], [3, 4]])))
  }

  @Test("Entries can be computed from row and column")
  func computed() throws {
    let matrix = Matrix(rows: 2, columns: 3) { row, column in Double(10 * row + column) }
    #expect(matrix == (try Matrix([[0, 1, 2], [10, 11, 12]])))
  }

  @Test("A list makes a column vector")
  func columnVector() {
    #expect(Matrix(column: [1.0, 2, 3]).shape == Shape(3, 1))
  }

  @Test("A shape is printed as the documents print it")
  func shapeText() {
    #expect("\(Shape(4, 3))" == "4×3")
  }

  @Test("Rows of different lengths are an error that names the lengths")
  func ragged() throws {
    let error = try #require(throws: NetworkError.self) { try Matrix([[1.0, 2], [3]]) }
    #expect(error == .raggedRows(lengths: [2, 1]))
    #expect("\(error)" == "the rows of a matrix have different lengths: 2, 1")
  }

  @Test(
    "No rows, or rows without entries, are an error",
    arguments: [[], [[]], [[], []], [[], [1]], [[1], []]] as [[[Double]]])
  func empty(rows: [[Double]]) throws {
    let error = try #require(throws: NetworkError.self) { try Matrix(rows) }
    #expect(error == .raggedRows(lengths: rows.map(\.count)))
    #expect("\(error)" == "a matrix needs at least one row and one column")
  }

  @Test("The transpose exchanges rows and columns, and twice is the matrix itself")
  func transposed() throws {
    let matrix = try Matrix([[1.0, 2, 3], [4, 5, 6]])
    #expect(matrix.transposed == (try Matrix([[1, 4], [2, 5], [3, 6]])))
    #expect(matrix.transposed.transposed == matrix)
  }

  @Test("A mapped matrix keeps its shape and may change its number type")
  func map() throws {
    let matrix = try Matrix([[1.5, -2]]).map { HandNumber($0, .decimals(1)) }
    #expect(matrix.shape == Shape(1, 2))
    #expect(matrix.elements == [HandNumber(1.5, .decimals(1)), HandNumber(-2, .decimals(1))])
  }

  @Test("Scaling multiplies every entry")
  func scaled() throws {
    #expect(try Matrix([[1.0, -2], [3, 0]]).scaled(by: 0.5) == Matrix([[0.5, -1], [1.5, 0]]))
  }

  @Test("Scaling by 1 is no step of hand arithmetic")
  func scaledByOne() {
    let given = Matrix(column: [HandNumber(0.123, .decimals(1))])
    #expect(given.scaled(by: 1) == given)
  }

  @Test(
    "The first number that is not finite is named by row and column, counted from 1",
    arguments: [
      (
        [[0, 0, 0], [0, .nan, .infinity]],
        "inputs, entry [2, 2], is nan; every number must be finite"
      ),
      (
        [[0, 0, -.infinity], [0, 0, 0]],
        "inputs, entry [1, 3], is -inf; every number must be finite"
      ),
      (
        [[0, .infinity, 0], [.infinity, 0, 0]],
        "inputs, entry [2, 1], is inf; every number must be finite"
      ),
    ] as [([[Double]], String)])
  func notFinite(rows: [[Double]], message: String) throws {
    let network = try Network([Layer(weights: [[1, 1]], biases: [0], activation: .identity)])
    let inputs = try Matrix(rows)
    let error = try #require(throws: NetworkError.self) { try network.forward(inputs) }
    #expect("\(error)" == message)
  }

  @Test("The largest finite numbers are finite")
  func largestIsFinite() throws {
    let network = try Network([Layer(weights: [[0.5]], biases: [0], activation: .identity)])
    let inputs = try Matrix([[Double.greatestFiniteMagnitude, -.greatestFiniteMagnitude]])
    #expect(try network.forward(inputs).examples == 2)
  }
}
