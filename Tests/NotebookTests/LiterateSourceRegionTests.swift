import Testing

@testable import Notebook

@Suite struct LiterateSourceRegionTests {
  private func chunks(_ text: String) throws -> [LiterateSource.Chunk] {
    try LiterateSource(text, path: "Demo.swift").chunks
  }

  // MARK: Regions

  @Test func hiddenCodeIsAChunkOfItsOwn() throws {
    let text = """
      let x = 1
      //- hide
      let y = 2
      //- end
      let z = 3
      """
    #expect(
      try chunks(text) == [
        code(1, "let x = 1"), code(3, "let y = 2", as: .hidden), code(5, "let z = 3"),
      ])
  }

  @Test func foldedCodeKeepsItsSummary() throws {
    let text = """
      //- fold: The data, as printed
      let x = 1
      //- end
      """
    #expect(
      try chunks(text) == [code(2, "let x = 1", as: .folded(summary: "The data, as printed"))])
  }

  @Test func blankLinesInsideARegionStay() throws {
    let text = """
      //- hide

      let x = 1

      let y = 2

      //- end
      """
    #expect(try chunks(text) == [code(3, "let x = 1", "", "let y = 2", as: .hidden)])
  }

  @Test func regionsMayFollowEachOther() throws {
    let text = """
      //- hide
      let x = 1
      //- end
      //- fold: More
      let y = 2
      //- end
      """
    #expect(
      try chunks(text) == [
        code(2, "let x = 1", as: .hidden), code(5, "let y = 2", as: .folded(summary: "More")),
      ])
  }

  @Test func aRegionWithoutCodeIsNothing() throws {
    #expect(try chunks("//: Text\n//- hide\n//- end") == [prose(1, "Text")])
  }

  @Test(arguments: ["  //- hide", "//-hide", "//-   hide  "])
  func blanksAroundAMarkDoNotCount(mark: String) throws {
    #expect(try chunks("\(mark)\nx()\n//- end") == [code(2, "x()", as: .hidden)])
  }

  @Test func proseOfTheReferenceIsAChunkOfItsOwn() throws {
    let text = """
      //: Before.
      //- reference
      //: Theirs
      //: alone.
      //- end
      //: After.
      """
    let theirs = LiterateSource.Chunk.prose([
      .init(number: 3, text: "Theirs", isReferenceOnly: true),
      .init(number: 4, text: "alone.", isReferenceOnly: true),
    ])
    #expect(try chunks(text) == [prose(1, "Before."), theirs, prose(6, "After.")])
  }

  @Test func codeBetweenProseOfTheReferenceIsShown() throws {
    #expect(
      try chunks("//- reference\n//: Theirs.\nlet x = 1\n//- end") == [
        .prose([.init(number: 2, text: "Theirs.", isReferenceOnly: true)]), code(3, "let x = 1"),
      ])
  }

  @Test func regionMarksInsideAStringAreCode() throws {
    let text = #"""
      let sample = """
        //- hide
        //- end
        """
      """#
    #expect(
      try chunks(text) == [
        code(1, "let sample = \"\"\"", "  //- hide", "  //- end", "  \"\"\"")
      ])
  }

  // MARK: Errors

  @Test(arguments: [
    (
      "//: Text\n//- hidden", 2,
      "unknown mark `//- hidden`; the marks are `//-`, `//- hide`, `//- fold: Summary`, "
        + "`//- reference` and `//- end`"
    ),
    (
      "//- fold", 1,
      "unknown mark `//- fold`; the marks are `//-`, `//- hide`, `//- fold: Summary`, "
        + "`//- reference` and `//- end`"
    ),
    (
      "//- fold:", 1,
      "unknown mark `//- fold:`; the marks are `//-`, `//- hide`, `//- fold: Summary`, "
        + "`//- reference` and `//- end`"
    ),
    (
      "//- hide\n//- show\n//- end", 2,
      "unknown mark `//- show`; the marks are `//-`, `//- hide`, `//- fold: Summary`, "
        + "`//- reference` and `//- end`"
    ),
    ("let x = 1\n//- end", 2, "`//- end` without `hide`, `fold` or `reference`"),
    ("//- hide\n//- end\n//- end", 3, "`//- end` without `hide`, `fold` or `reference`"),
    ("//- hide\nx()\n//- hide\n//- end", 3, "`//- hide` inside the region opened on line 1"),
    ("\n//- hide\n//- fold: A\n//- end", 3, "`//- fold` inside the region opened on line 2"),
    ("//- fold: A\n//- hide\n//- end", 2, "`//- hide` inside the region opened on line 1"),
    ("//- hide\n//-\n//- end", 2, "`//-` inside the region opened on line 1"),
    ("//- reference\n//-\n//- end", 2, "`//-` inside the region opened on line 1"),
    ("//- reference\n//- hide\n//- end", 2, "`//- hide` inside the region opened on line 1"),
    ("//- reference\n//: Text\n", 1, "the region opened here is not closed with `//- end`"),
    ("//- reference\n//- end\n//- end", 3, "`//- end` without `hide`, `fold` or `reference`"),
    ("x()\n//- hide\ny()\n", 2, "the region opened here is not closed with `//- end`"),
    ("//- fold: A\n", 1, "the region opened here is not closed with `//- end`"),
    (
      "//- hide\n\n//: Text\n//- end", 3,
      "prose inside `hide` or `fold`; close it with `//- end`"
    ),
    (
      "//- fold: A\n//: Text\n//- end", 2,
      "prose inside `hide` or `fold`; close it with `//- end`"
    ),
  ])
  func aMarkOutOfPlaceIsAnErrorAtItsLine(text: String, line: Int, message: String) {
    #expect(throws: Diagnostic("Demo.swift", line, message)) { try chunks(text) }
  }

  @Test func errorsHaveTheFormOfCompilers() {
    #expect(
      Diagnostic("Demo.swift", 7, "a fault").description == "Demo.swift:7: error: a fault")
    #expect(Diagnostic("outputs", nil, "a fault").description == "outputs: error: a fault")
  }
}
