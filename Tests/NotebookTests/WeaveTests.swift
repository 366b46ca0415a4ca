import Testing

@testable import Notebook

/// Where code and outputs come in the report.
@Suite struct WeaveTests {
  @Test func outputsFollowTheCellTheyAreRecordedIn() throws {
    let notebook = try Notebook()
    notebook.equation("x = 1", line: 2)
    notebook.equation("y = 2", line: 4)
    let text = """
      //: First.
      notebook.equation("x = 1")
      //: Second.
      notebook.equation("y = 2")
      """
    #expect(
      try weave(text, notebook) == """
        First.

        ```swift
        notebook.equation("x = 1")
        ```

        ```math
        x = 1
        ```

        Second.

        ```swift
        notebook.equation("y = 2")
        ```

        ```math
        y = 2
        ```


        """)
  }

  @Test func aMarkBringsTheOutputsBeforeTheNextLineOfCode() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 1)
    notebook.equation("y", line: 3)
    let text = """
      notebook.equation("x")
      //-
      notebook.equation("y")
      """
    #expect(
      try weave(text, notebook) == """
        ```swift
        notebook.equation("x")
        ```

        ```math
        x
        ```

        ```swift
        notebook.equation("y")
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
    notebook.equation("x", line: 2)
    let text = """
      //- fold: The data
      notebook.equation("x")
      //- end
      """
    #expect(
      try weave(text, notebook) == """
        <details><summary>The data</summary>

        ```swift
        notebook.equation("x")
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
}
