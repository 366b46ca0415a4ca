import Testing

@testable import Notebook

/// How each kind of output looks in the report.
@Suite struct WeaveOutputTests {
  @Test func aTableHasItsCaptionAndALinkToItsNumbers() throws {
    let notebook = try Notebook()
    notebook.table("weights", "The weights", [.texts("name", "Name", ["w"])], line: 2)
    #expect(
      try weave("//- hide\nnotebook.table(\n//- end", notebook) == """
        **The weights** ([CSV](weights.csv))

        | Name |
        | --- |
        | w |


        """)
  }

  @Test func aFigureHasItsTitleAsTextItsDescriptionAsCaptionAndALinkToItsData() throws {
    let notebook = try Notebook()
    let plot = Plot(
      title: "Sigmoid", description: "It rises from 0 to 1.", x: .init("z"), y: .init("σ"),
      [])
    notebook.figure("sigmoid", plot, line: 2)
    #expect(
      try weave("//- hide\nnotebook.figure(\n//- end", notebook) == """
        ![Sigmoid](sigmoid.svg)

        *It rises from 0 to 1.* ([CSV](sigmoid.csv))


        """)
  }

  @Test func claimsThatFollowEachOtherShareATable() throws {
    let notebook = try Notebook(
      claims: """
        demo.a,Doc,number,a = 1,1,,
        demo.b,Doc,number,b = 2,2,,
        demo.c,Doc,number,c = 3,3,,

        """)
    notebook.claim("demo.a", 1, line: 2)
    notebook.claim("demo.b", 2, line: 3)
    notebook.equation("x", line: 4)
    notebook.claim("demo.c", 3, line: 5)
    let text = """
      //- hide
      notebook.claim(
      notebook.claim(
      notebook.equation(
      notebook.claim(
      //- end
      """
    #expect(
      try weave(text, notebook) == """
        | The document says | Printed | Computed | Verdict |
        | --- | --- | --- | --- |
        | Doc: a = 1<br>`demo.a` | 1 | 1 | exact |
        | Doc: b = 2<br>`demo.b` | 2 | 2 | exact |

        ```math
        x
        ```

        | The document says | Printed | Computed | Verdict |
        | --- | --- | --- | --- |
        | Doc: c = 3<br>`demo.c` | 3 | 3 | exact |


        """)
  }
}
