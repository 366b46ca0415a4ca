import Testing

@testable import Notebook

/// A mark counts only where Swift reads a comment.
@Suite struct LiterateSourceStringTests {
  private func chunks(_ text: String) throws -> [LiterateSource.Chunk] {
    try LiterateSource(text, path: "Demo.swift").chunks
  }

  @Test func aMarkInsideAMultiLineStringIsCode() throws {
    let text = #"""
      let text = """
        //: not prose
        //- not a mark
        """
      //: Prose.
      """#
    #expect(
      try chunks(text) == [
        code(1, "let text = \"\"\"", "  //: not prose", "  //- not a mark", "  \"\"\""),
        prose(5, "Prose."),
      ])
  }

  @Test func aMarkInsideARawMultiLineStringIsCode() throws {
    let text = ##"""
      let text = #"""
        """
        //: not prose
        """#
      //: Prose.
      """##
    #expect(
      try chunks(text) == [
        code(1, "let text = #\"\"\"", "  \"\"\"", "  //: not prose", "  \"\"\"#"),
        prose(5, "Prose."),
      ])
  }

  @Test func aMarkAfterEscapedQuotesInAMultiLineStringIsCode() throws {
    let text = #"""
      let text = """
        escaped \"""
        //: not prose
        """
      //: Prose.
      """#
    #expect(
      try chunks(text) == [
        code(1, "let text = \"\"\"", "  escaped \\\"\"\"", "  //: not prose", "  \"\"\""),
        prose(5, "Prose."),
      ])
  }

  @Test func aMarkAfterEscapedQuotesInARawMultiLineStringIsCode() throws {
    let text = ##"""
      let text = #"""
        escaped \#"""#
        //: not prose
        """#
      //: Prose.
      """##
    #expect(
      try chunks(text) == [
        code(1, "let text = #\"\"\"", "  escaped \\#\"\"\"#", "  //: not prose", "  \"\"\"#"),
        prose(5, "Prose."),
      ])
  }

  @Test func aMarkInsideABlockCommentIsCode() throws {
    let text = """
      /* A comment
      //: not prose
        /* inside another */
      //- not a mark
      */
      //: Prose.
      """
    #expect(
      try chunks(text) == [
        code(1, "/* A comment", "//: not prose", "  /* inside another */", "//- not a mark", "*/"),
        prose(6, "Prose."),
      ])
  }

  @Test func stringsThatEndBeforeTheLineDoesAreOver() throws {
    let text = #"""
      let both = ("""
        one
        """, """
        //: not prose
        """)
      //: Prose.
      """#
    #expect(
      try chunks(text) == [
        code(
          1, "let both = (\"\"\"", "  one", "  \"\"\", \"\"\"", "  //: not prose", "  \"\"\")"),
        prose(6, "Prose."),
      ])
  }

  /// One line of code that could be taken for the start of something longer; prose follows it.
  @Test(arguments: [
    #"let mark = "//: not prose""#,
    #"let mark = "//- hide""#,
    #"let quotes = "\"\"\"""#,
    ##"let raw = #"a " and a \ in it"#"##,
    ##"let raw = #"escaped \#" here"#"##,
    ###"let raw = ##"one "# in it"##"###,
    ###"let quote = #"""#"###,
    #"let empty = """#,
    #"let empties = "" + """#,
    #"let glob = "outputs/*.csv""#,
    #"let backslash = "\\""#,
    #"let joined = "\(words.joined(separator: ", "))""#,
    #"let joined = "\(words.joined(separator: "/*"))""#,
    #"let nested = "\(isOpen ? "\(open["//"] ?? "")" : "(")""#,
    ##"let raw = #"\#(words.joined(separator: "/*"))"#"##,
    #"// a comment with """ in it"#,
    "// a comment with /* in it",
    "/// outputs/*.csv",
    #"x()  // ends with """"#,
    "x()  /* a comment */",
    "#if DEBUG",
  ])
  func aLineThatIsCompleteDoesNotSwallowTheNext(line: String) throws {
    #expect(try chunks("\(line)\n//: Prose.") == [code(1, line), prose(2, "Prose.")])
  }

  @Test func proseMayHoldWhatWouldOpenAStringOrAComment() throws {
    let text = #"""
      //: The files outputs/*.csv and three quotes """ are only text.
      //: So this is prose.
      let x = 1
      //: And this.
      """#
    #expect(
      try chunks(text) == [
        prose(
          1, "The files outputs/*.csv and three quotes \"\"\" are only text.",
          "So this is prose."),
        code(3, "let x = 1"), prose(4, "And this."),
      ])
  }
}
