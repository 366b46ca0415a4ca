import Foundation
import Testing

@testable import Notebook

@Suite struct LedgerTests {
  @Test func readsClaimsAndErrataWithTheirLines() throws {
    let ledger = try Ledger(
      """
      demo.a,Slides,number,"z = 1, a = 0.73","1; 0.73",erratum.x; erratum.y,two of them
      demo.b,Notes,missing,see the plot,,,the plot

      """,
      errata: """
        erratum.x,demo,Slides,error,z = 1,z = 2
        erratum.y,other,Slides,unclear,a,b

        """)
    #expect(ledger.path == "demo.csv")
    #expect(
      ledger.claims == [
        Ledger.Claim(
          id: "demo.a", document: "Slides", statement: .number, quote: "z = 1, a = 0.73",
          printed: "1; 0.73", errata: ["erratum.x", "erratum.y"], note: "two of them", line: 2),
        Ledger.Claim(
          id: "demo.b", document: "Notes", statement: .missing, quote: "see the plot", printed: "",
          errata: [], note: "the plot", line: 3),
      ])
    #expect(
      ledger.errata == [
        Ledger.Erratum(
          id: "erratum.x", lecture: "demo", document: "Slides", kind: "error", quote: "z = 1",
          correction: "z = 2", line: 2)
      ])
    #expect(ledger.claims[0].printedNumbers.map(\.value) == [1, 0.73])
  }

  @Test func anErratumOfAnotherLectureMayBeNamed() throws {
    let ledger = try Ledger(
      "demo.a,Doc,formula,q,p,erratum.y,\n", errata: "erratum.y,other,Doc,error,q,c\n")
    #expect(ledger.errata.isEmpty)
    #expect(ledger.claims[0].errata == ["erratum.y"])
  }

  // MARK: Errors

  @Test(arguments: [
    (
      "demo.a,Doc,figure,q,p,,\n", 2,
      "statement 'figure' of demo.a is none of number, formula, rule, words, implied, question, missing"
    ),
    (
      "\"demo.a\",Doc,words,\"two\nlines\",p,,\ndemo.b,Doc,,q,p,,\n", 4,
      "statement '' of demo.b is none of number, formula, rule, words, implied, question, missing"
    ),
    (
      "demo.a,Doc,number,q,about 3,,\n", 2,
      "printed 'about 3' of demo.a is not a list of numbers"
    ),
    ("demo.a,Doc,number,q,1; x,,\n", 2, "printed '1; x' of demo.a is not a list of numbers"),
    ("demo.a,Doc,missing,q,,,\n", 2, "demo.a must name in its note what is missing"),
    (
      "demo.a,Doc,words,q,p,,\ndemo.b,Doc,words,q,p,,\ndemo.a,Doc,words,q,p,,\n", 4,
      "demo.a stands on line 2 already"
    ),
    (
      "demo.a,Doc,words,q,p,,\ndemo.b,Doc,words,q,p,erratum.x; erratum.z,\n", 3,
      "demo.b names an unknown erratum 'erratum.z'"
    ),
    ("demo.a,Doc,words,q,p\n", 2, "expected 7 fields, found 5"),
    ("demo.a,Doc,words,q,p,,\n\ndemo.b,Doc,words,q,p,,\n", 3, "expected 7 fields, found 1"),
    ("demo.a,Doc,words,\"q,p,,\n", 2, "a quoted field is not closed"),
  ])
  func aMalformedClaimIsAnErrorAtItsLine(rows: String, line: Int, message: String) {
    #expect(throws: Diagnostic("demo.csv", line, message)) {
      try Ledger(rows, errata: "erratum.x,demo,Doc,error,q,c\n")
    }
  }

  @Test(arguments: [
    (
      "erratum.x,demo,Doc,error,q,c\nerratum.x,other,Doc,error,q,c\n", 3,
      "erratum.x stands on line 2 already"
    ),
    ("erratum.x,demo,Doc,error,q,c,\n", 2, "expected 6 fields, found 7"),
  ])
  func aMalformedErratumIsAnErrorAtItsLine(rows: String, line: Int, message: String) {
    #expect(throws: Diagnostic("errata.csv", line, message)) { try Ledger(errata: rows) }
  }

  @Test(arguments: ["", "id,document,statement,quote,printed,note,erratum\n", "demo.a,Doc,words\n"])
  func anotherHeaderIsAnError(text: String) {
    let header = "the header must be id,document,statement,quote,printed,erratum,note"
    #expect(throws: Diagnostic("demo.csv", 1, header)) {
      try Ledger(
        lecture: "demo", claims: text, claimsPath: "demo.csv", errata: "", errataPath: "errata.csv")
    }
  }

  @Test func anotherHeaderOfTheErrataIsAnError() {
    let header = "the header must be id,lecture,document,kind,quote,correction"
    #expect(throws: Diagnostic("errata.csv", 1, header)) {
      try Ledger(
        lecture: "demo", claims: "id,document,statement,quote,printed,erratum,note\n",
        claimsPath: "demo.csv", errata: "id,lecture\n", errataPath: "errata.csv")
    }
  }

  @Test func aFolderWithoutTheLedgerIsAnErrorThatNamesTheFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("demo.csv").path
    let text = try #require(message { _ = try Ledger(lecture: "demo", folder: folder.url) })
    #expect(text.hasPrefix("\(path): error: the ledger cannot be read: "))
  }

  // MARK: The ledgers of the course

  @Test(arguments: [("forward", 52), ("backprop", 120)])
  func theLedgersOfTheCourseAreWellFormed(lecture: String, claims: Int) throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let ledger = try Ledger(
      lecture: lecture, folder: root.appendingPathComponent("notebooks/ledger"))
    #expect(ledger.claims.count == claims)
    #expect(!ledger.errata.isEmpty)
    #expect(ledger.claims.allSatisfy { $0.id.hasPrefix("\(lecture).") })
  }

  @Test(arguments: [
    ("", []), ("; ;", []), ("a", ["a"]), (" a ;b; ", ["a", "b"]), ("a, b; c", ["a, b", "c"]),
  ])
  func listsLoseBlanksAndEmptyParts(text: String, parts: [String]) {
    #expect(text.split(list: ";") == parts)
  }
}
