import Foundation
import Testing

@testable import Worksheet

@Suite("The documented schema")
struct SchemaTests {
  /// Every field of the format, as the reader knows it.
  private static let fields: [(place: String, names: [String])] = [
    ("", SheetFile.CodingKeys.allCases.map(\.rawValue)),
    ("layers", LayerFile.CodingKeys.allCases.map(\.rawValue)),
    ("loss", LossFile.CodingKeys.allCases.map(\.rawValue)),
    ("regularization", RegularizationFile.CodingKeys.allCases.map(\.rawValue)),
    ("dropout", DropoutFile.CodingKeys.allCases.map(\.rawValue)),
    ("training", TrainingFile.CodingKeys.allCases.map(\.rawValue)),
  ]

  private func documentation() throws -> String {
    try String(
      contentsOf: project().notebooks.appendingPathComponent("worksheets/README.md"),
      encoding: .utf8)
  }

  @Test("every field stands in a shipped worksheet, where it belongs")
  func shippedFields() throws {
    var used: Set<String> = []
    for file in try shipped() {
      var scanner = SourceScanner(try String(contentsOf: file, encoding: .utf8))
      let root = try scanner.scan()
      used.formUnion(root.keys.map { "/\($0)" })
      for (place, _) in Self.fields.dropFirst() {
        let node = root.child(.key(place))
        let objects = node.map { $0.kind == .list ? $0.children : [$0] } ?? []
        used.formUnion(objects.flatMap { $0.keys }.map { "\(place)/\($0)" })
      }
    }
    let all = Self.fields.flatMap { place, names in names.map { "\(place)/\($0)" } }
    #expect(all.count == 38)
    #expect(Set(all).subtracting(used) == [])
  }

  @Test("every field has a row in the documentation")
  func documentedFields() throws {
    let text = try documentation()
    for (_, names) in Self.fields {
      for name in names { #expect(text.contains("| `\(name)`"), "\(name)") }
    }
  }

  @Test("every name and every quantity is documented")
  func documentedNames() throws {
    let text = try documentation()
    let names =
      ActivationName.allCases.map(\.rawValue) + LossKind.allCases.map(\.rawValue)
      + ConventionName.allCases.map(\.rawValue) + Order.allCases.map(\.rawValue)
      + Scaling.allCases.map(\.rawValue) + Unit.allCases.map(\.rawValue)
      + Reduce.allCases.map(\.rawValue) + ExampleOrientation.allCases.map(\.rawValue)
      + WeightRows.allCases.map(\.rawValue) + BiasColumn.allCases.map(\.rawValue)
    for name in names { #expect(text.contains("\"\(name)\""), "\(name)") }
    for file in try shipped() {
      let sheet = try SheetReader.sheet(path: file.path)
      for quantity in Set(try values(sheet).all.map(\.key.quantity)) {
        #expect(text.contains("`\(quantity)`"), "\(quantity)")
      }
    }
  }

  @Test("the shipped files are the ones in its table, and each says what it shows")
  func filesTable() throws {
    let text = try documentation()
    for file in try shipped() {
      let name = file.lastPathComponent
      #expect(text.contains("[\(name)](\(name))"), "\(name)")
    }
  }

  @Test("spelling of names: case, spaces, hyphens and synonyms do not matter")
  func names() throws {
    func activation(_ name: String) throws -> String {
      let sheet = try SheetReader.sheet(
        text: """
          { inputs: 1, targets: 1, layers: [{ weights: [[1]], activation: "\(name)" }],
            loss: { kind: "Squared-Error" } }
          """, path: "t")
      return "\(sheet.network.layers[0].activation)"
    }
    #expect(try activation("RELU") == "relu")
    #expect(try activation("leakyReLU") == "leakyReLU(slope: 0.01)")
    #expect(try activation("leaky_relu") == "leakyReLU(slope: 0.01)")
    #expect(try activation("elu") == "elu(alpha: 1.0)")
    #expect(try activation("Logistic") == "sigmoid")
    #expect(try activation("linear") == "identity")
    let sheet = try SheetReader.sheet(
      text: """
        { inputs: 1, targets: 1, layers: [{ weights: [[1]], activation: "sigmoid" }],
          loss: { kind: "BCE" } }
        """, path: "t")
    #expect(sheet.lossKind == .binaryCrossEntropy)
  }
}
