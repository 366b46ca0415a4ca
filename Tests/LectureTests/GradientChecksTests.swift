import Testing

@testable import Notebook

/// Every lecture that computes gradients shows how far they are from the exact derivatives.
@Suite struct GradientChecksTests {
  @Test(
    "backpropagation agrees with dual numbers to rounding, with finite differences only to theirs",
    arguments: ["Notation", "Backprop", "Softmax", "Initialization", "Dropout"])
  func errors(lecture: String) throws {
    let files = try Run.lecture(lecture).files
    let table = try #require(files.first { $0.name == "gradient_checks.csv" })
    let records = try CSV.parse(table.text, path: table.name)
    #expect(
      records[0].fields
        == ["gradient", "entries", "largest", "differences_error", "exact_error"])
    #expect(records.count >= 5)
    for record in records.dropFirst() {
      let numbers = record.fields.dropFirst().compactMap(Double.init)
      let (entries, largest, differences, exact) = (numbers[0], numbers[1], numbers[2], numbers[3])
      #expect(entries >= 2)
      // A dozen roundings of numbers up to the largest entry, or of terms up to 1 that cancel.
      #expect(exact <= 1e-15 * max(1, largest), "\(record.fields)")
      #expect(differences <= 1e-7 * max(1, largest), "\(record.fields)")
      #expect(exact <= differences, "\(record.fields)")
    }
  }
}
