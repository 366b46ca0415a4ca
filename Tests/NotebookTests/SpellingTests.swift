import Testing

@testable import Notebook

@Suite struct SpellingTests {
  @Test(
    "a misspelt name is near its right one, whatever its case; another word is near none",
    arguments: [
      ("sigmod", "sigmoid"), ("RELU", "ReLU"), ("Tahn", "tanh"), ("weigths", nil),
      ("perceptron", nil), ("", nil),
    ] as [(String, String?)])
  func nearestName(text: String, expected: String?) {
    #expect(nearest(to: text, among: ["sigmoid", "tanh", "ReLU", "identity"]) == expected)
  }

  @Test func nothingIsNearAmongNone() {
    #expect(nearest(to: "sigmoid", among: []) == nil)
  }
}
