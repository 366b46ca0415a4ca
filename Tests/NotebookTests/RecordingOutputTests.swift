import Testing

@testable import Notebook

/// Tables and figures by name, and runs with changed parameters.
@Suite struct RecordingOutputTests {
  private let figure = Plot(title: "T", description: "D", x: .init("x"), y: .init("y"), [])

  private func faults(_ record: (Notebook) -> Void) throws -> [String] {
    let notebook = try Notebook()
    record(notebook)
    return notebook.diagnostics.map(\.description)
  }

  // MARK: Names

  @Test func outputsOfTheSameNameAreReported() throws {
    let found = try faults { notebook in
      notebook.table("loss", "Loss", [], line: 3)
      notebook.figure("loss", figure, line: 4)
      notebook.table("loss", "Loss", [], line: 5)
      notebook.figure("other", figure, line: 6)
    }
    #expect(
      found == [
        "Demo.swift:4: error: there is another output named 'loss'",
        "Demo.swift:5: error: there is another output named 'loss'",
      ])
  }

  @Test(arguments: ["claims", "errata", "report"])
  func theNamesOfTheReportsOwnFilesAreTaken(name: String) throws {
    #expect(
      try faults { $0.table(name, "Table", [], line: 3) }
        == ["Demo.swift:3: error: there is another output named '\(name)'"])
  }

  @Test func columnsOfDifferentLengthAreReported() throws {
    let found = try faults {
      $0.table(
        "t", "Table",
        [.texts("a", "A", ["1", "2", "3"]), .texts("b", "B", ["1"]), .texts("c", "C", ["1"])],
        line: 3)
    }
    #expect(
      found == ["Demo.swift:3: error: the columns of table 't' have different lengths: [1, 3]"])
  }

  // MARK: Variants

  private let claims = """
    demo.number,Doc,number,y = 0.24,0.24,,
    demo.rule,Doc,formula,the rule,z = W a,,
    demo.loss,Doc,implied,the loss,,,

    """

  @Test func aClaimThatAChangedParameterMovesIsAVariant() throws {
    let standard = try Notebook(claims: claims)
    standard.claim("demo.number", 0.24, line: 1)
    standard.claim("demo.rule", 3, asPrinted: 3, line: 2)
    standard.claim("demo.loss", 1, line: 3)
    let notebook = try Notebook(
      claims: claims, reference: standard.claims.mapValues(\.evidence))
    #expect(!notebook.isReference)
    notebook.claim("demo.number", 0.31, line: 1)
    notebook.claim("demo.rule", 3, asPrinted: 3, line: 2)
    notebook.claim("demo.loss", 2, line: 3)
    #expect(notebook.claims["demo.number"]?.verdict == .variant)
    #expect(notebook.claims["demo.rule"]?.verdict == .identity)
    #expect(notebook.claims["demo.loss"]?.verdict == .variant)
    #expect(notebook.diagnostics == [])
  }

  @Test func aSharedQuantityIsRecordedOnceALecture() throws {
    let notebook = try Notebook()
    notebook.shared("output", 0.25, line: 3)
    notebook.shared("cost", 2, line: 4)
    #expect(notebook.diagnostics == [])
    notebook.shared("output", 0.25, line: 9)
    #expect(
      notebook.diagnostics.map(\.description) == [
        "Demo.swift:9: error: the shared quantity 'output' was recorded on line 3 already"
      ])
    #expect(notebook.shared.map(\.key) == ["output", "cost", "output"])
  }

  @Test func aChangedHandCalculationIsAVariantToo() throws {
    let standard = try Notebook(claims: claims)
    standard.claim("demo.number", 0.26, byHand: { $0(0.24) }, line: 1)
    let notebook = try Notebook(
      claims: claims, reference: standard.claims.mapValues(\.evidence))
    notebook.claim("demo.number", 0.26, byHand: { $0(0.3) }, line: 1)
    #expect(notebook.claims["demo.number"]?.verdict == .variant)
  }

  @Test func aChangedReadingIsAVariantToo() throws {
    let standard = try Notebook(claims: claims)
    standard.claim("demo.rule", 3, asPrinted: 3, line: 2)
    let notebook = try Notebook(
      claims: claims, reference: standard.claims.mapValues(\.evidence))
    // With the documents' own numbers the rule holds; here it would need an erratum.
    notebook.claim("demo.rule", 3, asPrinted: 2, line: 2)
    #expect(notebook.claims["demo.rule"]?.verdict == .variant)
    #expect(notebook.diagnostics == [])
  }

  @Test func theDocumentsOwnParametersAreTheReference() throws {
    let notebook = try Notebook(claims: claims)
    #expect(notebook.isReference)
    notebook.claim("demo.number", 0.31, line: 1)
    #expect(notebook.claims["demo.number"]?.verdict == .inconsistent)
  }

  @Test func withChangedParametersAnErratumNeedNotShow() throws {
    let errata = "erratum.a,demo,Doc,error,q,c\n"
    let reference = try Notebook(errata: errata)
    reference.erratum("erratum.a", printed: [1], right: [1], line: 1)
    #expect(reference.diagnostics.count == 1)
    let variant = try Notebook(errata: errata, reference: [:])
    variant.erratum("erratum.a", printed: [1], right: [1], line: 1)
    #expect(variant.diagnostics == [])
  }
}
