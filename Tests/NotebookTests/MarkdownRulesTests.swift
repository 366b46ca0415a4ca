import Testing

@testable import Notebook

@Suite struct MarkdownRulesTests {
  /// The faults of prose that starts on line 1, as `line: message`.
  private func faults(_ texts: String...) -> [String] {
    MarkdownRules.check(lines(1, texts), path: "Demo.swift").map { "\($0.line!): \($0.message)" }
  }

  // MARK: Formulas

  @Test(arguments: [
    "\\newcommand", "\\operatorname", "\\tag", "\\mbox", "\\phantom", "\\label", "\\def",
  ])
  func aMacroThatGitHubDoesNotRenderIsReported(macro: String) {
    let message = "1: GitHub does not render \(macro); use \\mathrm{…} or \\text{…}, or expand it"
    #expect(faults("$`\(macro){x}`$") == [message])
    #expect(faults("```math", "\(macro){x}", "```") == ["2" + message.dropFirst()])
  }

  @Test(arguments: ["$`\\mathrm{softmax}(z)`$", "$`\\text{loss}`$", "$`\\hat y`$ and $`y`$"])
  func otherMacrosAreFine(text: String) {
    #expect(faults(text) == [])
  }

  @Test func displayMathInDollarsIsReported() {
    #expect(
      faults("$$x = 1$$") == [
        "1: write display math as a ```math fence: GitHub's Markdown eats backslashes in $$"
      ])
  }

  @Test func inlineMathInPlainDollarsIsReported() {
    #expect(faults("The value $x$.") == ["1: write inline math as $`…`$"])
    #expect(faults("Good $`x`$, bad $y$.") == ["1: write inline math as $`…`$"])
    #expect(faults("Good $`x`$.") == [])
  }

  @Test func inlineMathThatIsNotClosedIsReported() {
    #expect(
      faults("The value $`x.") == [
        "1: inline math opened with $` is not closed with `$", "1: write inline math as $`…`$",
      ])
  }

  @Test func mathInAHeadingIsReported() {
    #expect(
      faults("## The error $`\\delta`$") == ["1: no math in a heading: it is also a link target"])
    #expect(faults("## The error δ") == [])
  }

  @Test func mathInALinkIsReported() {
    #expect(faults("See [the $`\\delta`$ of it](forward.md).") == ["1: no math in a link"])
    #expect(faults("See [the error](forward.md) $`\\delta`$ [as printed].") == [])
    #expect(faults("See [the error $`\\delta`$].") == [])
  }

  @Test func aPipeInATablesFormulaIsReported() {
    #expect(
      faults("| $`|x|`$ | 1 |") == [
        "1: a pipe inside a table's formula ends the cell; write \\lvert x \\rvert"
      ])
    #expect(faults("| $`\\lvert x \\rvert`$ | 1 |") == [])
    #expect(faults("Outside a table, $`|x|`$ is fine.") == [])
  }

  // MARK: Fences

  @Test func aFenceNeedsBlankLinesAroundIt() {
    #expect(
      faults("Text.", "```math", "x", "```", "Text.") == [
        "2: a fence needs a blank line before it", "4: a fence needs a blank line after it",
      ])
    #expect(faults("Text.", "", "```math", "x", "```", "", "Text.") == [])
    #expect(faults("```math", "x", "```") == [])
  }

  @Test func aFenceThatIsNotClosedIsReportedWhereItOpens() {
    #expect(faults("Text.", "", "```math", "x") == ["3: the fence ```math is not closed"])
  }

  @Test func aFencesContentIsNotText() {
    #expect(faults("```", "cost=$5 [$`x`$](y) 0.5", "```") == [])
  }

  // MARK: Numbers

  @Test(arguments: [
    ("The output is 0.24.", "0.24"),
    ("It is $`y = -1.15`$.", "1.15"),
    ("## Step 1.2", "1.2"),
    ("Printed “0.24”, computed 0.2426.", "0.2426"),
    ("| 0.5 | 2 |", "0.5"),
  ])
  func aNumberTypedInProseIsReported(text: String, number: String) {
    #expect(
      faults(text) == [
        "1: \(number) is typed in prose: record it and write {{key}}, or put what a document prints "
          + "in “quotation marks”"
      ])
  }

  @Test func aNumberTypedInADisplayEquationIsReported() {
    #expect(faults("```math", "y = {{y}}", "```") == [])
    #expect(
      faults("```math", "y = 0.24", "```") == [
        "2: 0.24 is typed in prose: record it and write {{key}}, or put what a document prints "
          + "in “quotation marks”"
      ])
  }

  @Test(arguments: [
    "The slide prints “0.24” and “−1.15”.",
    "The slide prints “$`y = 0.24`$”.",
    "There are 2 layers and 3 units.",
    "See [the report](https://example.com/v1.2/report).",
    "The value {{y}} in $`x_1`$. 5 more.",
  ])
  func quotedNumbersIntegersAndLinksAreFine(text: String) {
    #expect(faults(text) == [])
  }

  @Test func everyLineIsChecked() {
    #expect(
      faults("One $x$.", "Two.", "Three $y$.") == [
        "1: write inline math as $`…`$", "3: write inline math as $`…`$",
      ])
  }

  // MARK: Cells

  @Test(arguments: [("a|b", "a\\|b"), ("a\nb", "a b"), ("plain", "plain")])
  func aCellKeepsToItsColumnAndLine(text: String, cell: String) {
    #expect(MarkdownRules.cell(text) == cell)
  }
}
