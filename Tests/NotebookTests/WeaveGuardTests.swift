import Testing

@testable import Notebook

/// A source that is not the one that was built is refused.
@Suite struct WeaveGuardTests {
  private let source = """
    //: The value is {{y}}.
    notebook.value("y", 1)
    notebook.equation("x")
    """

  /// What the source above records.
  private func recorded() throws -> Notebook {
    let notebook = try Notebook()
    notebook.value("y", 1, line: 2)
    notebook.equation("x", line: 3)
    return notebook
  }

  private func refusal(_ call: String, line: Int) -> String {
    "Demo.swift:\(line): error: no recording call (`notebook.\(call)`) stands here: the source "
      + "changed since the lecture was built; build and run it again"
  }

  @Test func theSourceThatRanIsWoven() throws {
    #expect(try weave(source, recorded()).hasPrefix("The value is 1.\n\n```math\nx\n"))
  }

  @Test func anInsertedLineIsRefused() throws {
    let notebook = try recorded()
    #expect(
      message { _ = try weave("import Notebook\n" + source, notebook) } == refusal("value", line: 2)
    )
  }

  @Test func aRemovedLineIsRefused() throws {
    let notebook = try recorded()
    let shorter = source.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(message { _ = try weave(shorter, notebook) } == refusal("value", line: 2))
  }

  @Test func aLineBeyondTheSourceIsRefused() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 9)
    #expect(message { _ = try weave("let x = 1", notebook) } == refusal("equation", line: 9))
  }

  @Test func anErratumThatMovedIsRefused() throws {
    let notebook = try Notebook(errata: "erratum.sign,demo,Doc,error,-x,x\n")
    notebook.erratum("erratum.sign", printed: [1], right: [2], line: 1)
    #expect(try weave("notebook.erratum(x)", notebook) == "")
    #expect(message { _ = try weave("let x = 1", notebook) } == refusal("erratum", line: 1))
  }

  @Test func aChangedSourceIsTheOnlyFaultReported() throws {
    let notebook = try recorded()
    #expect(
      message { _ = try weave("//: {{unknown}} $5\n" + source, notebook) }
        == refusal("value", line: 2))
  }

  @Test(arguments: [
    ("equation", "notebook.table("),
    ("table", "notebook.figure("),
    ("figure", "notebook.claim("),
    ("claim", "notebook.notComputable("),
    ("notComputable", "notebook.equation("),
  ])
  func anotherCallInThePlaceIsRefused(call: String, found: String) throws {
    let notebook = try Notebook(
      claims: """
        demo.known,Doc,number,a = 1,1,,
        demo.missing,Doc,missing,see the figure,,,the figure

        """)
    switch call {
    case "equation": notebook.equation("x", line: 1)
    case "table": notebook.table("t", "T", [], line: 1)
    case "figure":
      notebook.figure(
        "f", Plot(title: "", description: "", x: .init(""), y: .init(""), []), line: 1)
    case "claim": notebook.claim("demo.known", 1, line: 1)
    default: notebook.notComputable("demo.missing", line: 1)
    }
    #expect(message { _ = try weave(found, notebook) } == refusal(call, line: 1))
    #expect(message { _ = try weave("notebook.\(call)(", notebook) } == nil)
  }

  @Test func aHelperThatPassesItsCallersLineIsAccepted() throws {
    let notebook = try Notebook()
    notebook.equation("x", line: 2)
    let text = """
      //: Text.
      show("x", in: notebook)
      """
    #expect(
      try weave(text, notebook) == """
        Text.

        ```swift
        show("x", in: notebook)
        ```

        ```math
        x
        ```


        """)
  }
}
