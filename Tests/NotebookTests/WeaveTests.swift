import Testing

@testable import Notebook

/// Where code and outputs come in the report.
@Suite struct WeaveTests {
  @Test func outputsFollowTheCellTheyAreRecordedIn() throws {
    let notebook = try Notebook()
    notebook.equation("x = 1", line: 3)
    notebook.equation("y = 2", line: 6)
    let text = """
      //: First.
      let x = 1
      notebook.equation("x = 1")
      //: Second.
      let y = 2
      notebook.equation("y = 2")
      """
    #expect(
      try weave(text, notebook) == """
        First.

        ```swift
        let x = 1
        ```

        ```math
        x = 1
        ```

        Second.

        ```swift
        let y = 2
        ```

        ```math
        y = 2
        ```


        """)
  }

  @Test func aMarkBringsTheOutputsBeforeTheNextLineOfCode() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 2)
    notebook.equation("y", line: 5)
    let text = """
      let x = 1
      notebook.equation("x")
      //-
      let y = 2
      notebook.equation("y")
      """
    #expect(
      try weave(text, notebook) == """
        ```swift
        let x = 1
        ```

        ```math
        x
        ```

        ```swift
        let y = 2
        ```

        ```math
        y
        ```


        """)
  }

  @Test func hiddenCodeShowsItsOutputsOnly() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 3)
    let text = """
      //: Text.
      //- hide
      notebook.equation("x")
      //- end
      """
    #expect(try weave(text, notebook) == "Text.\n\n```math\nx\n```\n\n")
  }

  @Test func foldedCodeStandsInDetailsWithBlankLinesAndItsOutputsOutside() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 3)
    let text = """
      //- fold: The data
      let x = 1
      notebook.equation("x")
      //- end
      """
    #expect(
      try weave(text, notebook) == """
        <details><summary>The data</summary>

        ```swift
        let x = 1
        ```

        </details>

        ```math
        x
        ```


        """)
  }

  @Test func outputsOfALoopComeInTheOrderTheyWereRecorded() throws {
    let notebook = try Notebook()
    for step in 1...3 { notebook.equation("x_\(step)", line: 2) }
    let text = """
      for step in 1...3 {
        notebook.equation("x_\\(step)")
      }
      """
    #expect(
      try weave(text, notebook).hasSuffix(
        "```math\nx_1\n```\n\n```math\nx_2\n```\n\n```math\nx_3\n```\n\n"))
  }

  @Test func outputsOfALoopAreGroupedByTheirLine() throws {
    let notebook = try Notebook()
    for step in 1...2 {
      notebook.equation("x_\(step)", line: 2)
      notebook.equation("y_\(step)", line: 3)
    }
    let text = """
      for step in 1...2 {
        notebook.equation("x_\\(step)")
        notebook.equation("y_\\(step)")
      }
      """
    #expect(
      try weave(text, notebook).hasSuffix(
        "```math\nx_1\n```\n\n```math\nx_2\n```\n\n```math\ny_1\n```\n\n```math\ny_2\n```\n\n"))
  }

  @Test(arguments: [
    ("let x = 1", "```"),
    ("let code = \"`x`\"", "```"),
    ("let fence = \"```math\"", "````"),
    ("let fence = \"`````\"", "``````"),
  ])
  func theFenceIsLongerThanAnyRunOfBackticksInTheCode(code: String, fence: String) throws {
    #expect(try weave(code, Notebook()) == "\(fence)swift\n\(code)\n\(fence)\n\n")
  }

  // MARK: Recording statements

  @Test func aRecordingStatementIsLeftOutOnAllItsLines() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 2)
    let text = #"""
      let x = f(1)
      notebook.equation(
        """
        \mathrm{)}
        """)
      let y = g { x }
      """#
    #expect(
      try weave(text, notebook) == """
        ```swift
        let x = f(1)
        let y = g { x }
        ```

        ```math
        x
        ```


        """)
  }

  @Test func aCellThatOnlyRecordsHasNoCode() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 2)
    #expect(
      try weave("//: Text.\nnotebook.equation(\"x\")\n", notebook)
        == "Text.\n\n```math\nx\n```\n\n")
  }

  @Test func aStatementThatUsesWhatIsRecordedIsShown() throws {
    let text = "let isReference = notebook.isReference\nnotebooks.append(1)"
    #expect(try weave(text, Notebook()) == "```swift\n\(text)\n```\n\n")
  }
}
