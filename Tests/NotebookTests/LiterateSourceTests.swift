import Testing

@testable import Notebook

@Suite struct LiterateSourceTests {
  private func chunks(_ text: String) throws -> [LiterateSource.Chunk] {
    try LiterateSource(text, path: "Demo.swift").chunks
  }

  // MARK: Prose

  @Test func proseJoinsTheLinesThatFollowEachOther() throws {
    let text = """
      //: # Title
      //: One line
      //: and another.
      """
    #expect(try chunks(text) == [prose(1, "# Title", "One line", "and another.")])
  }

  @Test func proseLosesOneBlankAfterTheColonAndKeepsTheOthers() throws {
    let text = """
      //:no blank
      //: one
      //:   three
      """
    #expect(try chunks(text) == [prose(1, "no blank", "one", "  three")])
  }

  @Test(arguments: ["    //: Text", "\t//: Text", " \t //: Text"])
  func proseMayBeIndented(line: String) throws {
    #expect(try chunks(line) == [prose(1, "Text")])
  }

  @Test func anEmptyMarkSeparatesParagraphsWithinOneChunk() throws {
    let text = """
      //: First.
      //:
      //: Second.
      """
    #expect(try chunks(text) == [prose(1, "First.", "", "Second.")])
  }

  @Test func aBlankLineEndsAProseChunk() throws {
    let text = """
      //: First.

      //: Second.
      """
    #expect(try chunks(text) == [prose(1, "First."), prose(3, "Second.")])
  }

  @Test func proseAfterCodeOnTheSameLineIsCode() throws {
    #expect(try chunks("let x = 1  //: not prose") == [code(1, "let x = 1  //: not prose")])
  }

  // MARK: Code

  @Test func codeStandsBetweenProse() throws {
    let text = """
      //: Before.
      let x = 1
      //: After.
      """
    #expect(try chunks(text) == [prose(1, "Before."), code(2, "let x = 1"), prose(3, "After.")])
  }

  @Test func codeLosesTheCommonIndent() throws {
    let text = """
      //: Before.
          if x {

            y()
          }
      """
    #expect(try chunks(text) == [prose(1, "Before."), code(2, "if x {", "", "  y()", "}")])
  }

  @Test func theLeastIndentedLineSetsTheCommonIndent() throws {
    #expect(try chunks("    a()\n  b()\n      c()") == [code(1, "  a()", "b()", "    c()")])
  }

  @Test func blankLinesAtEitherEndOfCodeAreDropped() throws {
    let text = """
      //: Before.

      \u{20}\u{20}
      let x = 1

      let y = 2

      //: After.
      """
    #expect(
      try chunks(text) == [
        prose(1, "Before."), code(4, "let x = 1", "", "let y = 2"), prose(8, "After."),
      ])
  }

  @Test(arguments: ["", "\n\n", "  \n\t\n"])
  func aBlankSourceHasNoChunks(text: String) throws {
    #expect(try chunks(text) == [])
  }

  @Test(arguments: ["// a comment", "/// A doc comment", "// : a blank before", "/*: block */"])
  func ordinaryCommentsAreCode(comment: String) throws {
    #expect(try chunks("//: Text\n\(comment)") == [prose(1, "Text"), code(2, comment)])
  }

  // MARK: Cells

  @Test func aMarkEndsACell() throws {
    let text = """
      let x = 1
      //-
      let y = 2
      """
    #expect(try chunks(text) == [code(1, "let x = 1"), code(3, "let y = 2")])
  }

  @Test func aMarkBetweenProseStartsANewChunk() throws {
    let text = """
      //: First.
        //-
      //: Second.
      """
    #expect(try chunks(text) == [prose(1, "First."), prose(3, "Second.")])
  }

  @Test func aMarkAtTheEndAddsNothing() throws {
    #expect(try chunks("let x = 1\n//-\n\n") == [code(1, "let x = 1")])
  }
}
