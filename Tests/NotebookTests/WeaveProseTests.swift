import Testing

@testable import Notebook

/// Recorded values in prose.
@Suite struct WeaveProseTests {
  /// The faults of a source whose first line records the value.
  private func faults(_ text: String, _ notebook: Notebook) -> [Diagnostic] {
    do {
      _ = try weave(text, notebook)
      return []
    } catch let failure as Failure {
      return failure.diagnostics
    } catch {
      Issue.record(error)
      return []
    }
  }

  /// The prose of a report whose hidden first line records `y`.
  private func woven(
    _ prose: String, y number: Double, _ format: NumberFormat = .plain
  ) throws -> String {
    let notebook = try Notebook()
    notebook.value("y", number, format, line: 2)
    return try weave("//- hide\nnotebook.value(\n//- end\n" + prose, notebook)
  }

  @Test func aValueIsInsertedAsItsFormatSays() throws {
    #expect(try woven("//: It is {{y}}.", y: 0.24256, .decimals(2)) == "It is 0.24.\n\n")
  }

  @Test func aValueMayBeUsedMoreThanOnceAndBeforeItIsRecorded() throws {
    let notebook = try Notebook()
    notebook.value("y", 2, line: 2)
    let text = """
      //: {{y}} and {{y}}
      notebook.value("y", 2)
      """
    #expect(try weave(text, notebook) == "2 and 2\n\n")
  }

  @Test func aNegativeNumberHasATrueMinusInTextAndNotInFormulas() throws {
    #expect(
      try woven("//: Text {{y}}, formula $`y = {{y}}`$.", y: -1.15)
        == "Text \u{2212}1.15, formula $`y = -1.15`$.\n\n")
  }

  @Test func aTextIsInsertedAsItIs() throws {
    let notebook = try Notebook()
    notebook.value("verdict", text: "*right*", line: 1)
    #expect(
      try weave("notebook.value(\n//: It is {{verdict}}.", notebook).hasSuffix("It is *right*.\n\n")
    )
  }

  @Test func aPowerOfTenIsWrittenForTheTextItStandsIn() throws {
    #expect(
      try woven("//: Text {{y}}, formula $`y = {{y}}`$, text {{y}}.", y: 4.5e-5)
        == "Text 4.5·10⁻⁵, formula $`y = 4.5 \\cdot 10^{-5}`$, text 4.5·10⁻⁵.\n\n")
  }

  @Test func aPowerOfTenInADisplayFormulaIsWrittenInLaTeX() throws {
    let text = """
      //: ```math
      //: y = {{y}}
      //: ```
      //:
      //: Text {{y}}.
      """
    #expect(
      try woven(text, y: 4.5e-5) == """
        ```math
        y = 4.5 \\cdot 10^{-5}
        ```

        Text 4.5·10⁻⁵.


        """)
  }

  @Test func aValueMayStandInTheBracesOfAFormula() throws {
    #expect(try woven("//: $`2^{{{y}}}`$", y: 3) == "$`2^{3}`$\n\n")
  }

  @Test(arguments: ["$`{{1}}`$", "{{ y }}", "{{y", "{{}}", "y}}"])
  func bracesThatHoldNoKeyStayAsTheyAre(prose: String) throws {
    #expect(try woven("//: {{y}} \(prose)", y: 3) == "3 \(prose)\n\n")
  }

  @Test func aLastTextAfterAnUnknownBraceIsStillRead() throws {
    #expect(try woven("//: {{ }} {{y}}", y: 3) == "{{ }} 3\n\n")
  }

  // MARK: The reference

  private let ofTheReference = """
    //- hide
    notebook.value("y", y)
    //- end
    //: Before.
    //- reference
    //: The slides print {{y}}.
    //- end
    //: After.
    """

  @Test func proseOfTheReferenceStandsInTheReference() throws {
    let notebook = try Notebook()
    notebook.value("y", -2, line: 2)
    #expect(
      try weave(ofTheReference, notebook) == "Before.\n\nThe slides print −2.\n\nAfter.\n\n")
  }

  @Test func aVariantLeavesItOutAndItsValuesCountAsUsed() throws {
    let notebook = try Notebook(reference: [:])
    notebook.value("y", -2, line: 2)
    let paragraphs = try weave(ofTheReference, notebook).split(separator: "\n")
    #expect(paragraphs == ["Before.", "After."])
  }

  @Test func aVariantStillChecksIt() throws {
    #expect(
      faults("//- reference\n//: It is {{z}}.\n//- end", try Notebook(reference: [:])) == [
        Diagnostic("Demo.swift", 2, "no value 'z' was recorded for {{z}}")
      ])
  }

  // MARK: Errors

  @Test func anUnknownKeyIsAnErrorAtItsLine() throws {
    let notebook = try Notebook()
    #expect(
      faults("//: One.\n//: It is {{z}}.", notebook) == [
        Diagnostic("Demo.swift", 2, "no value 'z' was recorded for {{z}}")
      ])
  }

  @Test func anUnusedValueIsAnErrorAtItsCall() throws {
    let notebook = try Notebook()
    notebook.value("y", 1, line: 2)
    #expect(
      faults("//: One.\nnotebook.value(\"y\", 1)", notebook) == [
        Diagnostic("Demo.swift", 2, "no prose uses the value 'y'; write {{y}} or delete it")
      ])
  }

  @Test func aValueRecordedTwiceIsAnErrorAtTheSecondCall() throws {
    let notebook = try Notebook()
    notebook.value("y", 1, line: 1)
    notebook.value("y", text: "one", line: 2)
    #expect(
      faults("notebook.value(\nnotebook.value(\n//: {{y}}", notebook) == [
        Diagnostic("Demo.swift", 2, "the value 'y' was recorded on line 1 already")
      ])
  }

  @Test func allFaultsAreReportedTogether() throws {
    let notebook = try Notebook()
    notebook.value("b", 1, line: 1)
    notebook.value("a", 1, line: 1)
    notebook.table("claims", "Reserved", [], line: 2)
    #expect(
      faults("notebook.value(\nnotebook.table(\n//: {{z}} costs $5", notebook) == [
        Diagnostic("Demo.swift", 2, "there is another output named 'claims'"),
        Diagnostic("Demo.swift", 3, "write inline math as $`…`$"),
        Diagnostic("Demo.swift", 3, "no value 'z' was recorded for {{z}}"),
        Diagnostic("Demo.swift", 1, "no prose uses the value 'a'; write {{a}} or delete it"),
        Diagnostic("Demo.swift", 1, "no prose uses the value 'b'; write {{b}} or delete it"),
      ])
  }

  @Test func aFailureListsItsFaultsOneALine() {
    let failure = Failure([Diagnostic("a.swift", 1, "one"), Diagnostic("b.csv", nil, "two")])
    #expect(failure.description == "a.swift:1: error: one\nb.csv: error: two")
  }
}
